#!/usr/bin/env python3
# demo — fills an empty server with a small company: three departments, a dozen members, a few hundred customers, and
# five weeks of work, all through ordinary commands.
import argparse
import datetime
import pathlib
import random
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tools/client"))
from highseas import Highseas, Refused  # noqa: E402

PASSWORD = "demo-highseas-2026"
DEPARTMENTS = ("华东销售部", "华南销售部", "大客户部")
MEMBERS = (  # name, e-mail, role, department
    ("周敏", "zhoumin", "manager", 0), ("吴强", "wuqiang", "manager", 1), ("郑洁", "zhengjie", "manager", 2),
    ("王磊", "wanglei", "salesperson", 0), ("李娜", "lina", "salesperson", 0), ("赵军", "zhaojun", "salesperson", 0),
    ("陈静", "chenjing", "salesperson", 1), ("刘洋", "liuyang", "salesperson", 1), ("黄丽", "huangli", "salesperson", 1),
    ("孙涛", "suntao", "salesperson", 2), ("何平", "heping", "auditor", None),
)
NOTES = ("电话沟通需求，客户对价格比较关注。", "上门拜访，见到采购负责人，约定下周发方案。", "发送产品资料，等待回复。", "客户反馈预算已批，进入比选。",
         "微信联系，对方出差，下周再约。", "技术交流会，客户提出三点改进意见。", "跟进报价，客户希望延长账期。", "电话未接通，已发短信。")
SURNAMES, GIVEN = "王李张刘陈杨赵黄周吴徐孙马朱胡", "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超兰霞平"
REGIONS = (("江苏省", "苏州市", "吴中区"), ("浙江省", "杭州市", "滨江区"), ("上海市", "上海市", "浦东新区"),
           ("广东省", "深圳市", "南山区"), ("广东省", "广州市", "天河区"), ("山东省", "青岛市", "市南区"))


def wait_until_up(api):
    for _ in range(600):
        try:
            return api.get("/readyz")
        except (ConnectionError, OSError, Refused):
            time.sleep(0.05)
    sys.exit("the server does not answer")


def greet(url):
    print(f"""
Highseas 公海  {url}
  API 文档 / description:  {url}/openapi.json
  登录 / log-ins (password {PASSWORD}):
    admin    admin@demo.example
    manager  zhoumin@demo.example   wuqiang@demo.example   zhengjie@demo.example
    sales    wanglei@demo.example   lina@demo.example   chenjing@demo.example …
    auditor  heping@demo.example
  Ctrl-C 停止 / stops the server; ./dev run 再次启动 / starts it again with the same data.
""", flush=True)


class Demo:
    def __init__(self, url, data, days):
        self.api = Highseas(url)
        self.url, self.data, self.days = url, pathlib.Path(data), days
        self.random = random.Random(2026)
        self.sales, self.managers = [], []

    def step(self, what):
        print(f"  {what} …", flush=True)

    def company(self):
        token = (self.data / "setup-token").read_text().strip()
        self.api.set_up(token, {"name": "海川机电有限公司", "time_zone": "Asia/Shanghai", "currency": "CNY"},
                        {"name": "管理员", "email": "admin@demo.example", "password": PASSWORD})
        departments = [self.api.post("/v1/departments", {"name": name})["id"] for name in DEPARTMENTS]
        for name, mail, role, department in MEMBERS:
            body = {"name": name, "email": f"{mail}@demo.example", "roles": [role]}
            if department is not None:
                body["department"] = departments[department]
            invited = self.api.post("/v1/members/invite", body)
            member = Highseas(self.url)
            member.token = member.post(f"/v1/invitations/{invited['invitation']['token']}/accept", {"password": PASSWORD})["token"]
            member.id, member.name = invited["member"]["id"], name
            if role == "manager":
                self.managers.append(member)
                self.api.patch(f"/v1/departments/{departments[department]}", {"managers": [member.id]})
            elif role == "salesperson":
                self.sales.append(member)

    def person(self):
        return self.random.choice(SURNAMES) + "".join(self.random.choices(GIVEN, k=self.random.choice((1, 2))))

    def phone(self):
        return "1" + self.random.choice("3578") + "".join(self.random.choices("0123456789", k=9))

    def customers(self):
        pool = next(each["id"] for each in self.api.all("/v1/pools") if each["form"] == "customers")
        names = (ROOT / "tools/demo/company-names.txt").read_text(encoding="utf-8").split()
        records = []
        for name in names:
            province, city, district = self.random.choice(REGIONS)
            records.append({"name": name + self.random.choice(("有限公司", "科技有限公司", "")), "pool": pool, "phone": self.phone(),
                            "grade": self.random.choice("ABCD"), "source": self.random.choice(("website", "exhibition", "referral", "phone")),
                            "industry": self.random.choice(("machinery", "electrical", "electronics", "trade")),
                            "region": {"province": province, "city": city, "district": district}, "status": "potential"})
        answer = self.api.post("/v1/customers/batch", {"operations": [{"op": "create", "data": each} for each in records]})
        self.pool = [each["id"] for each in answer["results"] if each["status"] == "ok"]

    def catalogue(self):
        for code, name, price in (("HC-100", "伺服电机 750W", "1280.00"), ("HC-200", "变频器 5.5kW", "2350.00"),
                                  ("HC-300", "PLC 控制器", "1890.00"), ("HC-310", "扩展模块", "420.00"), ("HC-900", "安装调试", "800.00")):
            self.api.post("/v1/products", {"code": code, "name": name, "list_price": price, "active": True})

    def leads(self):
        pool = next(each["id"] for each in self.api.all("/v1/pools") if each["form"] == "leads")
        operations = [{"op": "create", "data": {"name": f"展会咨询 {n + 1}", "pool": pool, "contact_name": self.person(), "mobile": self.phone(),
                                                "source": "exhibition", "status": "new"}} for n in range(40)]
        self.api.post("/v1/leads/batch", {"operations": operations})

    def follow_up(self, member, customer, now):
        body = {"method": self.random.choice(("call", "visit", "wechat", "email", "meeting")), "content": self.random.choice(NOTES)}
        if self.random.random() < 0.4:
            body["next_at"] = (now + datetime.timedelta(days=self.random.randint(2, 9))).strftime("%Y-%m-%dT%H:%M:%S.000Z")
        member.post(f"/v1/customers/{customer}/follow-ups", body)

    def work(self, start):
        owned = {member.id: [] for member in self.sales}
        free = list(self.pool)
        self.random.shuffle(free)
        for day in range(self.days):
            now = start + datetime.timedelta(days=day, hours=self.random.randint(1, 3))
            self.api.post("/v1/test-clock/advance", {"to": now.strftime("%Y-%m-%dT%H:%M:%S.000Z")})
            if now.weekday() >= 5:
                continue
            for member in self.sales:
                for _ in range(self.random.choice((0, 0, 1, 2))):
                    if not free:
                        break
                    customer = free.pop()
                    member.post(f"/v1/customers/{customer}/claim")
                    owned[member.id].append(customer)
                    member.post("/v1/contacts", {"name": self.person(), "customer": customer, "mobile": self.phone(),
                                                 "title": self.random.choice(("采购经理", "总经理", "技术部长")), "primary": True})
                    self.follow_up(member, customer, now)
                for customer in self.random.sample(owned[member.id], min(len(owned[member.id]), self.random.choice((0, 1, 2)))):
                    self.follow_up(member, customer, now)
                    if self.random.random() < 0.08:
                        member.patch(f"/v1/customers/{customer}", {"status": self.random.choice(("following", "won", "lost"))})

    def make(self):
        start = datetime.datetime.now(datetime.timezone.utc).replace(hour=0, minute=0, second=0, microsecond=0) - datetime.timedelta(days=self.days)
        print("demo company 海川机电有限公司:", flush=True)
        self.step(f"departments and {len(MEMBERS) + 1} members")
        self.company()
        self.step("customers, leads and products")
        self.customers()
        self.leads()
        self.catalogue()
        self.step(f"{self.days} days of work")
        self.work(start)
        now = datetime.datetime.now(datetime.timezone.utc)
        self.api.post("/v1/test-clock/advance", {"to": now.strftime("%Y-%m-%dT%H:%M:%S.000Z")})
        self.api.post("/v1/test-clock/release")


def main():
    parser = argparse.ArgumentParser(description="Fills an empty server with the demo company.")
    parser.add_argument("--url", required=True)
    parser.add_argument("--data", help="the server's data directory, for its set-up token")
    parser.add_argument("--days", type=int, default=35)
    parser.add_argument("--greet", action="store_true", help="only say how to log in")
    options = parser.parse_args()
    wait_until_up(Highseas(options.url))
    if not options.greet:
        Demo(options.url, options.data, options.days).make()
    greet(options.url)


if __name__ == "__main__":
    main()
