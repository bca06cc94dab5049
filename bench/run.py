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
local id = 0
function setup(thread) id = id + 1; thread:set("id", id) end
function request()
  n = n + 1
  return wrk.format("POST", "/v1/products", {["Authorization"]="Bearer TOKEN", ["Content-Type"]="application/json"},
    string.format('{"code":"%d-%d-PREFIX","name":"产品"}', id, n))
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


def main():
    rows = []
    with Server() as server:
        admin = server.set_up()
        rows.append(("the disk's own fdatasync", fdatasync_rate(server.root), "/s"))
        rows.append(("durable commits over HTTP, 1 client", wrk(server, admin.token, 1, "one"), "/s"))
        rows.append(("durable commits over HTTP, 64 clients", wrk(server, admin.token, 64, "many"), "/s"))
    subprocess.run(["cmake", "--build", ROOT / "build", "--target", "benches"], check=True, stdout=subprocess.DEVNULL)
    for name in ("projections_bench", "expression_bench"):
        output = subprocess.run([ROOT / "build/bin" / name, "--benchmark_format=json"], capture_output=True, text=True)
        if output.returncode != 0:
            print(output.stderr, file=sys.stderr)
            continue
        for each in json.loads(output.stdout)["benchmarks"]:
            rows.append((each["name"], each["real_time"], each["time_unit"]))
            rows += [(f"{each['name']} {key}", each[key], "") for key in each
                     if key.endswith("per_second") or key.startswith("bytes")]
    for name, value, unit in rows:
        print(f"{name:<60} {value:>16,.1f} {unit}")
    (ROOT / "bench/results.json").write_text(json.dumps([{"name": n, "value": v, "unit": u} for n, v, u in rows], indent=1))


if __name__ == "__main__":
    main()
