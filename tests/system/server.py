# server — starts the built server on a directory of its own, kills it, starts it again; for the system tests.
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
BIN = pathlib.Path(os.environ.get("HIGHSEAS_BIN", ROOT / "build/bin"))
sys.path.insert(0, str(ROOT / "tools/client"))
from highseas import Highseas, Refused  # noqa: E402,F401

PASSWORD = "system-test-passphrase"


class Server:
    def __init__(self, test_clock=None):
        self.root = tempfile.mkdtemp(prefix="highseas-system-")
        self.data = self.root + "/data"
        os.makedirs(self.data, mode=0o700)
        self.test_clock = test_clock
        self.start()

    def start(self):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        command = [BIN / "highseas", "serve", "--data", self.data, "--listen", f"127.0.0.1:{self.port}"]
        if self.test_clock:
            command += ["--test-clock", self.test_clock]
        self.log = open(self.root + "/log", "a")
        self.process = subprocess.Popen(command, stderr=self.log)
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            if self.process.poll() is not None:
                break
            try:
                Highseas(self.url).get("/readyz")
                return
            except (OSError, Refused):
                time.sleep(0.02)
        sys.exit("the server does not start:\n" + pathlib.Path(self.root, "log").read_text()[-2000:])

    def set_up(self, zone="Asia/Shanghai"):
        token = pathlib.Path(self.data, "setup-token").read_text().strip()
        admin = Highseas(self.url)
        answer = admin.set_up(token, {"name": "测试企业", "time_zone": zone, "currency": "CNY"},
                              {"name": "龚管理", "email": "admin@example.com", "password": PASSWORD})
        admin.member = answer["member"]["id"]
        return admin

    def invite(self, admin, name, role):
        invited = admin.post("/v1/members/invite", {"name": name, "email": f"{name}@example.com", "roles": [role]})
        member = Highseas(self.url)
        member.token = member.post(f"/v1/invitations/{invited['invitation']['token']}/accept", {"password": PASSWORD})["token"]
        member.member = invited["member"]["id"]
        return member

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(60)

    def verify(self):
        done = subprocess.run([BIN / "highseas", "verify", "--data", self.data], capture_output=True, text=True)
        return done.returncode, done.stdout + done.stderr

    def replay(self, *arguments):
        return subprocess.run([BIN / "highseas-replay", "--data", self.data, "--json", *arguments], capture_output=True, text=True)

    def __enter__(self):
        return self

    def __exit__(self, kind, value, trace):
        if self.process.poll() is None:
            self.kill()
        if kind is None:
            shutil.rmtree(self.root, ignore_errors=True)
        else:
            print(pathlib.Path(self.root, "log").read_text()[-3000:], file=sys.stderr)
            print("kept for a look: " + self.root, file=sys.stderr)


def expect(what, found, wanted):
    if found != wanted:
        raise AssertionError(f"{what}: {found!r}, wanted {wanted!r}")
    print(f"ok  {what}: {found!r}"[:200], flush=True)
