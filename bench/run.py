#!/usr/bin/env python3
# run — speed and size in one run on one machine: a table, and bench/results.json. Compare ratios, not figures.
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests/system"))
from server import Server  # noqa: E402

SECONDS = 5
LUA = """
local n = 0
function request()
  n = n + 1
  return wrk.format("POST", "/v1/customers", {["Authorization"]="Bearer TOKEN", ["Content-Type"]="application/json"},
    string.format('{"name":"上海PREFIX%d精密机械有限公司","phone":"13%d%08d"}', n, PREFIX, n))
end
"""


def fdatasync_rate(directory):
    """Syncs a second of a 300-byte append: what the disk itself can do."""
    path = os.path.join(directory, "probe")
    with open(path, "wb", buffering=0) as file:
        started, count = time.monotonic(), 0
        while time.monotonic() - started < 2:
            file.write(b"x" * 300)
            os.fdatasync(file.fileno())
            count += 1
        seconds = time.monotonic() - started
    os.unlink(path)
    return count / seconds


def wrk(server, token, clients, prefix):
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as script:
        script.write(LUA.replace("TOKEN", token).replace("PREFIX", prefix))
        script.flush()
        output = subprocess.run(["wrk", "-t1", f"-c{clients}", f"-d{SECONDS}s", "-s", script.name, server.url],
                                capture_output=True, text=True, check=True).stdout
    if "Non-2xx" in output:
        print(output, file=sys.stderr)
    return float(re.search(r"Requests/sec:\s+([\d.]+)", output)[1])


def lines_of(program, *arguments):
    """The programs of bench/ print lines `what: figure unit`."""
    done = subprocess.run([ROOT / "build/bin" / program, *arguments], capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"{program} failed: {done.stderr}")
    for line in done.stdout.splitlines():
        if found := re.fullmatch(r"(.*): +([\d.]+) +(\S.*)", line):
            yield found[1], float(found[2]), found[3]


def google_benchmarks(program):
    output = subprocess.run([ROOT / "build/bin" / program, "--benchmark_format=json"], capture_output=True, text=True,
                            check=True).stdout
    for each in json.loads(output)["benchmarks"]:
        yield each["name"], each["real_time"], each["time_unit"]


def measure():
    with Server() as server:
        yield "the disk's own fdatasync", fdatasync_rate(server.root), "/s"
        admin = server.set_up()
        yield "durable commits over HTTP, 1 client", wrk(server, admin.token, 1, "1"), "/s"
        yield "durable commits over HTTP, 64 clients", wrk(server, admin.token, 64, "2"), "/s"
        server.stop()
        yield from lines_of("engine_bench", os.path.join(server.root, "in-process"))
    yield from lines_of("projections_bench")
    yield from google_benchmarks("expression_bench")


def main():
    subprocess.run(["cmake", "--build", ROOT / "build", "--target", "benches"], check=True, stdout=subprocess.DEVNULL)
    rows = []
    for name, value, unit in measure():
        print(f"{name:<72} {value:>14,.2f} {unit}", flush=True)
        rows.append({"name": name, "value": value, "unit": unit})
    (ROOT / "bench/results.json").write_text(json.dumps(rows, indent=1, ensure_ascii=False))


if __name__ == "__main__":
    main()
