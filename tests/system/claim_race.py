#!/usr/bin/env python3
# claim_race — a thousand claims on one customer have one winner; 64 clients claiming at random break no limit, which the
# log is asked about afterwards.
import collections
import random
import threading

from server import Highseas, Refused, Server, expect

CLIENTS = 64
CUSTOMERS = 10_000
DAILY, HOLDING = 20, 15


def together(count, work):
    threads = [threading.Thread(target=work, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def pool_of(admin):
    return next(each["id"] for each in admin.all("/v1/pools") if each["form"] == "customers")


def one_winner(server, admin, members, record):
    answers = collections.Counter()
    lock = threading.Lock()

    def claim(number):
        member = members[number % len(members)]
        client = Highseas(server.url, member.token)
        for _ in range(1000 // CLIENTS + 1):
            try:
                client.post(f"/v1/customers/{record}/claim")
                outcome = "mine"
            except Refused as refused:
                outcome = refused.code
                assert refused.problem["owner"]["id"], refused.problem
            with lock:
                answers[outcome] += 1

    together(CLIENTS, claim)
    claims = [each for each in admin.all(f"/v1/customers/{record}/history") if each["type"] == "CustomerClaimed"]
    expect("claims in the history of the one customer", len(claims), 1)
    expect("answers are a claim of one's own or already-owned", set(answers) <= {"mine", "already-owned"}, True)
    print(f"    {dict(answers)}")


def random_claims(server, admin, members, records, seed):
    def claim(number):
        chance = random.Random(seed * 1000 + number)
        client = Highseas(server.url, members[number].token)
        mine = []
        for _ in range(60):
            try:
                if mine and chance.random() < 0.3:
                    record = mine.pop(chance.randrange(len(mine)))
                    client.post(f"/v1/customers/{record}/release", {"reason": "试错"})
                else:
                    record = chance.choice(records)
                    client.post(f"/v1/customers/{record}/claim")
                    mine.append(record)
            except Refused as refused:
                assert refused.code in ("already-owned", "daily-claim-limit", "holding-limit", "not-found"), refused

    together(CLIENTS, claim)


def check_limits_in_the_log(server):
    held, claims, owner = collections.Counter(), collections.Counter(), {}
    admin = server.admin
    position = 1
    worst_held = worst_claims = 0
    while True:
        lines = admin.get("/v1/audit/commits", **{"from": position, "limit": 500}).decode().splitlines()
        if not lines:
            break
        for line in lines:
            commit = __import__("json").loads(line)
            position = commit["position"] + 1
            for event in commit["events"]:
                record, data = event["record"], event["data"]
                if event["type"] == "CustomerClaimed":
                    if owner.get(record):
                        raise AssertionError(f"{record} was claimed while {owner[record]} owned it")
                    owner[record] = data["owner"]
                    held[data["owner"]] += 1
                    claims[data["owner"]] += 1
                    worst_held = max(worst_held, held[data["owner"]])
                    worst_claims = max(worst_claims, claims[data["owner"]])
                elif event["type"] == "CustomerReleased":
                    held[owner.pop(record)] -= 1
    expect("nobody ever held more than the limit", worst_held <= HOLDING, True)
    expect("nobody ever claimed more than the day's limit", worst_claims <= DAILY, True)
    print(f"    most held {worst_held} of {HOLDING}, most claims {worst_claims} of {DAILY}, {len(owner)} owned")


def main():
    seed = int(__import__("os").environ.get("HIGHSEAS_SEED", "1"))
    print(f"HIGHSEAS_SEED={seed}")
    with Server() as server:
        admin = server.admin = server.set_up()
        members = [server.invite(admin, f"sales{number}", "salesperson") for number in range(CLIENTS)]
        pool = pool_of(admin)
        records = []
        for at in range(0, CUSTOMERS, 500):
            operations = [{"op": "create", "data": {"name": f"客户 {n}", "pool": pool}} for n in range(at, at + 500)]
            records += [each["id"] for each in admin.post("/v1/customers/batch", {"operations": operations})["results"]]
        one_winner(server, admin, members, records.pop())
        admin.patch(f"/v1/pools/{pool}", {"daily_claim_limit": DAILY, "holding_limit": HOLDING})
        random_claims(server, admin, members, records, seed)
        check_limits_in_the_log(server)
        expect("an orderly stop", server.stop(), 0)
        expect("verify", server.verify()[0], 0)


if __name__ == "__main__":
    main()
