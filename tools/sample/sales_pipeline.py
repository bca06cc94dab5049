#!/usr/bin/env python3
# sales_pipeline — the real-input run: 8,800 sales opportunities lived through over the API on the test clock, 20,000
# companies imported as GB18030 CSV, and every figure checked against what follows from the files.
"""The steps:

  1. Each opportunity becomes a customer "ACCOUNT · OPPORTUNITY_ID" in the pool; each account a customer of its own, owned
     by the manager with most opportunities there.
  2. At its engage date its agent claims it and writes a follow-up; at its close date (claimed again where it was recycled
     meanwhile) a follow-up and its status.
  3. A rule takes back what nobody followed up for 90 natural days.
  4. 20,000 company names come in by CSV.

`--keep` leaves the data directory for a look; `--limit N` takes the first N opportunities only (nothing is checked then).
"""

import argparse
import collections
import csv
import datetime
import json
import os
import pathlib
import signal
import socket
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tools/client"))
from highseas import Highseas, Refused  # noqa: E402

PASSWORD = "sample-run-passphrase"
BIN = pathlib.Path(os.environ.get("HIGHSEAS_BIN", ROOT / "build/bin"))
START = "2016-10-01T02:00:00Z"
END = "2017-12-31T02:00:00Z"
IDLE_DAYS = 90


def read_csv(path):
    with open(path, newline="", encoding="utf-8-sig") as file:
        return list(csv.DictReader(file))


class Expected:
    """What must come out, computed from the CSV alone."""

    def __init__(self, opportunities):
        idle = datetime.timedelta(days=IDLE_DAYS)
        end = datetime.date(2017, 12, 31)
        day = datetime.date.fromisoformat
        self.before_close = self.lost_later = self.open_later = 0
        for each in opportunities:
            if not each["engage_date"]:
                continue
            engage = day(each["engage_date"])
            if each["close_date"]:
                close = day(each["close_date"])
                self.before_close += engage + idle <= close
                self.lost_later += each["deal_stage"] == "Lost" and close + idle <= end
            else:
                self.open_later += engage + idle <= end
        claimed = sum(1 for each in opportunities if each["engage_date"])
        self.owned = claimed - self.lost_later - self.open_later
        self.pooled = len(opportunities) - self.owned

    @staticmethod
    def steps(each):
        """How often each type of event stands in an opportunity's history."""
        idle = datetime.timedelta(days=IDLE_DAYS)
        day = datetime.date.fromisoformat
        end = datetime.date(2017, 12, 31)
        steps = collections.Counter(RecordCreated=1)
        if not each["engage_date"]:
            return steps
        steps.update(["CustomerClaimed", "FollowedUp"])
        last = day(each["engage_date"])
        if each["close_date"]:
            if last + idle <= day(each["close_date"]):
                steps.update(["CustomerRecycled", "CustomerClaimed"])
            steps.update(["FollowedUp", "RecordChanged"])
            last = day(each["close_date"])
        if each["deal_stage"] != "Won" and last + idle <= end:
            steps["CustomerRecycled"] += 1
        return steps


class Server:
    def __init__(self, directory):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.directory = directory
        binary = BIN / "highseas"
        self.process = subprocess.Popen([binary, "serve", "--data", directory, "--listen", f"127.0.0.1:{self.port}",
                                         "--test-clock", START], stderr=open(directory + ".log", "w"))
        self.url = f"http://127.0.0.1:{self.port}"
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline:
            try:
                Highseas(self.url).get("/readyz")
                return
            except (ConnectionError, Refused):
                time.sleep(0.05)
        sys.exit("the server does not answer; see " + directory + ".log")

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(60)


def show(text):
    print(text, flush=True)


def build_company(server, data):
    """Set-up, a department an office, 35 agents and their 6 managers; returns the admin and a client for each by name."""
    token = pathlib.Path(server.directory, "setup-token").read_text().strip()
    admin = Highseas(server.url)
    admin.set_up(token, {"name": "MavenTech", "time_zone": "Etc/UTC", "currency": "USD"},
                 {"name": "Admin", "email": "admin@example.com", "password": PASSWORD})
    teams = read_csv(data / "sales-opportunities/sales_teams.csv")
    managers = sorted({each["manager"] for each in teams})
    departments = {name: admin.post("/v1/departments", {"name": name})["id"]
                   for name in sorted({each["regional_office"] for each in teams})}
    office = {each["manager"]: each["regional_office"] for each in teams}
    office.update({each["sales_agent"]: each["regional_office"] for each in teams})
    people = {}
    for role, names in (("manager", managers), ("salesperson", sorted(each["sales_agent"] for each in teams))):
        for name in names:
            email = name.lower().replace(" ", ".") + "@example.com"
            invited = admin.post("/v1/members/invite", {"name": name, "email": email, "roles": [role],
                                                        "department": departments[office[name]]})
            client = Highseas(server.url)
            client.token = client.post(f"/v1/invitations/{invited['invitation']['token']}/accept",
                                       {"password": PASSWORD})["token"]
            client.member = invited["member"]["id"]
            people[name] = client
    return admin, people, {each["sales_agent"]: each["manager"] for each in teams}


def write_all(admin, records):
    """Creates by batches of 500; the ids in order."""
    ids = []
    for at in range(0, len(records), 500):
        chunk = [{"op": "create", "data": each} for each in records[at:at + 500]]
        answer = admin.post("/v1/customers/batch", {"operations": chunk, "atomic": True})
        ids += [each["id"] for each in answer["results"]]
    return ids


def owner_of_accounts(opportunities, manager_of):
    counts = collections.defaultdict(collections.Counter)
    for each in opportunities:
        if each["account"]:
            counts[each["account"]][manager_of[each["sales_agent"]]] += 1
    return {account: min(by_manager, key=lambda name: (-by_manager[name], name)) for account, by_manager in counts.items()}


def create_customers(admin, people, manager_of, opportunities, accounts):
    owners = owner_of_accounts(opportunities, manager_of)
    names = [each["account"] for each in accounts]
    ids = write_all(admin, [{"name": name, "owner": people[owners[name]].member} for name in names])
    parents = dict(zip(names, ids))
    pool = next(each["id"] for each in admin.all("/v1/pools") if each["form"] == "customers")
    records = []
    for each in opportunities:
        record = {"name": f"{each['account'] or '未知'} · {each['opportunity_id']}", "pool": pool}
        if each["account"]:
            record["parent"] = parents[each["account"]]
        records.append(record)
    return write_all(admin, records)


def publish_rule(admin):
    pool = next(each["id"] for each in admin.all("/v1/pools") if each["form"] == "customers")
    draft = {"name": "90 天未跟进", "form": "customers", "pools": [pool], "applies_when": 'name.contains(" · ")',
             "match": "any", "triggers": [{"type": "no_follow_up", "days": IDLE_DAYS}],
             "protect_when": 'status == "won"', "calendar": "natural", "at": "at_once", "remind_before": [],
             "target_pool": "home", "cool_down_days": 0, "daily_cap": None, "pause_on_leave": False}
    preview = admin.post("/v1/recycle-rules/preview", {"draft": draft})
    answer = admin.post("/v1/recycle-rules/publish", {"preview_token": preview["preview_token"], "existing": "now"})
    admin.wait_for_job(answer["job"]["id"])
    return answer["rule"]["id"]


def live_through(admin, people, opportunities, ids):
    """Day by day at 02:00Z: what closes, then what is engaged; returns how often a close had to claim again."""
    days = collections.defaultdict(lambda: ([], []))
    for each, record in zip(opportunities, ids):
        if each["close_date"]:
            days[each["close_date"]][0].append((each, record))
        if each["engage_date"]:
            days[each["engage_date"]][1].append((each, record))
    claimed_again = 0
    started = time.monotonic()
    for number, day in enumerate(sorted(days)):
        admin.post("/v1/test-clock/advance", {"to": f"{day}T02:00:00Z"})
        closing, engaging = days[day]
        for each, record in engaging:
            agent = people[each["sales_agent"]]
            agent.post(f"/v1/customers/{record}/claim")
            agent.post(f"/v1/customers/{record}/follow-ups", {"method": "call", "content": f"接触 {each['product']}"})
        for each, record in closing:
            agent = people[each["sales_agent"]]
            try:
                owner = agent.get(f"/v1/customers/{record}")["owner"]
            except Refused as refused:
                if refused.status != 404:
                    raise
                owner = None
            if owner != agent.member:
                agent.post(f"/v1/customers/{record}/claim")
                claimed_again += 1
            agent.post(f"/v1/customers/{record}/follow-ups", {"method": "meeting", "content": f"结束: {each['deal_stage']}"})
            agent.patch(f"/v1/customers/{record}", {"status": each["deal_stage"].lower()})
        if number % 50 == 0:
            show(f"  {day}: {number} of {len(days)} days, {time.monotonic() - started:.0f} s")
    admin.post("/v1/test-clock/advance", {"to": END})
    return claimed_again


def import_names(admin, data):
    names = (data / "company-names/short-names.txt").read_text(encoding="utf-8").split("\n")
    names = [name for name in names if name]
    content = ("客户名称,来源\r\n" + "".join(f"{name},官网\r\n" for name in names)).encode("gb18030")
    file = admin.upload("公司名单.csv", content)
    trial = admin.post("/v1/imports", {"file": file["id"], "form": "customers", "on_duplicate": "refuse", "trial": True})
    trial = admin.wait_for_job(trial["id"]) if trial.get("state") in ("queued", "running") else trial
    show(f"  trial: {trial['result']['rows']} rows read, nothing written")
    job = admin.post("/v1/imports", {"file": file["id"], "form": "customers", "on_duplicate": "refuse", "trial": False})
    result = admin.wait_for_job(job["id"])["result"]
    return len(names), result


def history_of(admin, record):
    return list(admin.all(f"/v1/customers/{record}/history", limit=500))[::-1]


def timeline_of(directory, record):
    output = subprocess.run([BIN / "highseas-replay", "--data", directory, "--json", "--english", "timeline", record],
                            check=True, capture_output=True, text=True).stdout
    told = [json.loads(line) for line in output.splitlines()]
    for each in told:
        del each["covered"]
    return told


class Checks:
    def __init__(self):
        self.failed = 0

    def equal(self, what, found, expected):
        ok = found == expected
        self.failed += not ok
        show(f"  {'ok ' if ok else 'OFF'} {what}: {found}" + ("" if ok else f", expected {expected}"))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--keep", action="store_true", help="leave the data directory")
    parser.add_argument("--limit", type=int, default=0, help="the first N opportunities only; figures are not checked")
    options = parser.parse_args()
    data = ROOT / "sample"
    opportunities = read_csv(data / "sales-opportunities/sales_pipeline.csv")
    accounts = read_csv(data / "sales-opportunities/accounts.csv")
    if options.limit:
        opportunities = opportunities[:options.limit]
    expected = Expected(opportunities)
    directory = tempfile.mkdtemp(prefix="highseas-sample-") + "/data"
    os.makedirs(directory, mode=0o700)
    started = time.monotonic()
    server = Server(directory)
    checks = Checks()
    try:
        show("the company, its members, customers and the rule")
        admin, people, manager_of = build_company(server, data)
        named = {each["account"] for each in opportunities}
        ids = create_customers(admin, people, manager_of, opportunities,
                               [each for each in accounts if each["account"] in named])
        rule = publish_rule(admin)
        show(f"  {len(ids)} opportunities as customers, rule {rule}, {time.monotonic() - started:.0f} s")
        show("the days")
        claimed_again = live_through(admin, people, opportunities, ids)
        report = admin.get("/v1/reports/pool", **{"from": "2016-10-01", "to": "2017-12-31"})
        recycled = sum(row["recycled"] for row in report["rows"])
        count = lambda expression: admin.get("/v1/customers", filter=expression, count="exact", limit=1)["total"]
        show("the figures")
        checks.equal("claimed again at their close", claimed_again, expected.before_close)
        checks.equal("recycled", recycled, expected.before_close + expected.lost_later + expected.open_later)
        checks.equal("owned, accounts apart", count('owner != null && name.contains(" · ")'), expected.owned)
        checks.equal("accounts owned", count('owner != null && !name.contains(" · ")'), len(named - {""}))
        checks.equal("in the pool", count("pool != null"), expected.pooled)
        if not options.limit:
            checks.equal("as the issue has them", (expected.before_close, expected.lost_later, expected.open_later,
                                                   expected.owned, expected.pooled), (1416, 1696, 1479, 5125, 3675))
        show("the import of 20,000 names")
        rows, result = import_names(admin, data)
        checks.equal("rows in", result["rows"], rows)
        checks.equal("counts out", result["created"] + result["updated"] + result["skipped"] + result["refused"], rows)
        show(f"  created {result['created']}, refused {result['refused']}, first: {result['errors'][:1]}")
        show("history and timeline")
        told = {record: history_of(admin, record) for record in ids}
        off = [each["opportunity_id"] for each, record in zip(opportunities, ids)
               if collections.Counter(item["type"] for item in told[record]) != expected.steps(each)]
        checks.equal("opportunities whose history lacks a step or has one too many", off, [])
        imported = admin.get("/v1/customers", filter='origin == "import"', limit=1)["items"][0]["id"]
        for record in ids[::1000] + [imported]:
            same = (told.get(record) or history_of(admin, record)) == timeline_of(directory, record)
            checks.equal(f"{record}: history = timeline, every member", same, True)
        show("redecide")
        output = subprocess.run([BIN / "highseas-replay", "--data", directory, "--json", "redecide"],
                                capture_output=True, text=True).stdout.splitlines()[-1]
        counts = json.loads(output)
        checks.equal("different", counts["different"], 0)
        show(f"  {output}")
        checks.equal("the server stops in order", server.stop(), 0)
        verify = subprocess.run([BIN / "highseas", "verify", "--data", directory], capture_output=True, text=True)
        checks.equal("verify", verify.returncode, 0)
        show("  " + verify.stdout.strip().splitlines()[-1])
    finally:
        if server.process.poll() is None:
            server.process.kill()
        if options.keep:
            show(f"kept: {directory}")
        else:
            subprocess.run(["rm", "-rf", str(pathlib.Path(directory).parent)], check=False)
    show(f"{'all as expected' if checks.failed == 0 else str(checks.failed) + ' figures are off'}, {time.monotonic() - started:.0f} s")
    sys.exit(1 if checks.failed else 0)


if __name__ == "__main__":
    main()
