#!/usr/bin/env python3
# no_plain_text — no file under DATA but keys/ ever shows a name or phone that was entered, refused or imported.
import json
import pathlib
import urllib.error
import urllib.request

from server import Refused, Server, expect

SECRETS = ["海量机密机电有限公司", "13912345678", "王机密", "内部机密说明", "拒绝机密公司", "导入机密公司", "admin@example.com", "龚管理",
           "typed-in-the-wrong-field@example.com", "Highseas-Secret-Agent"]


def leaks(data):
    found = []
    for path in pathlib.Path(data).rglob("*"):
        if not path.is_file() or "keys" in path.relative_to(data).parts:
            continue
        content = path.read_bytes()
        for secret in SECRETS:
            for form in (secret.encode(), secret.encode("gb18030"), secret.encode("utf-16-le")):
                if form in content:
                    found.append((str(path.relative_to(data)), secret))
    return found


def main():
    with Server() as server:
        admin = server.set_up()
        failed = urllib.request.Request(
            server.url + "/v1/sessions", method="POST", data=json.dumps({"email": SECRETS[8], "password": SECRETS[8]}).encode(),
            headers={"Content-Type": "application/json", "User-Agent": SECRETS[9]})
        try:
            urllib.request.urlopen(failed)
            raise AssertionError("nobody was logged in")
        except urllib.error.HTTPError as refused:
            expect("a stranger is not let in", refused.code, 401)
        trail = admin.get("/v1/audit/access?kind=log_in_failed")["items"]
        expect("the trail tells of her program", [entry["user_agent"] for entry in trail], [SECRETS[9]])
        customer = admin.post("/v1/customers", {"name": SECRETS[0], "phone": SECRETS[1]})["id"]
        admin.post("/v1/contacts", {"name": SECRETS[2], "customer": customer, "mobile": SECRETS[1]})
        admin.post(f"/v1/customers/{customer}/follow-ups", {"method": "call", "content": SECRETS[3]})
        try:
            admin.post("/v1/customers", {"name": SECRETS[4], "phone": SECRETS[1]})
            raise AssertionError("the doubled phone was taken")
        except Refused as refused:
            expect("the doubled phone is refused", refused.code, "duplicate-record")
        file = admin.upload("机密名单.csv", f"客户名称,电话\r\n{SECRETS[5]},13800000001\r\n{SECRETS[4]},{SECRETS[1]}\r\n".encode("gb18030"))
        job = admin.post("/v1/imports", {"file": file["id"], "form": "customers", "on_duplicate": "refuse", "trial": False})
        result = admin.wait_for_job(job["id"])["result"]
        expect("import: created and refused", (result["created"], result["refused"]), (1, 1))
        expect("while it runs, files that show a secret", leaks(server.data), [])
        expect("an orderly stop", server.stop(), 0)
        expect("after the stop, files that show a secret", leaks(server.data), [])
        server.start()
        server.kill()
        expect("after a kill, files that show a secret", leaks(server.data), [])
        expect("verify", server.verify()[0], 0)
        timeline = server.replay("timeline", customer)
        expect("the auditor still reads it", SECRETS[0] in timeline.stdout, True)


if __name__ == "__main__":
    main()
