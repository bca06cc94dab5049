#!/usr/bin/env python3
# readme_tour — runs the tour of the README as a reader would: every `bash` block of that section, in one shell.
import pathlib
import re
import subprocess
import sys

from server import BIN, ROOT, Server, expect


def main():
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    tour = text.split("## ", 1)[1] and re.split(r"^## ", text, flags=re.M)
    section = next(part for part in tour if part.startswith("A tour in five minutes"))
    blocks = re.findall(r"```bash\n(.*?)```", section, flags=re.S)
    expect("the tour has steps", len(blocks) >= 5, True)
    with Server() as server:
        script = "set -euo pipefail\n" + "\n".join(blocks)
        script = script.replace("http://127.0.0.1:8080", server.url).replace("./data", server.data)
        script = script.replace("build/bin/", str(BIN) + "/")
        done = subprocess.run(["bash", "-c", script], capture_output=True, text=True)
        print(done.stdout)
        if done.returncode != 0:
            print(done.stderr, file=sys.stderr)
        expect("exit status of the tour", done.returncode, 0)
        expect("no answer was a refusal", '"code":"' in done.stdout, False)
        expect("the timeline tells of the claim", "CustomerClaimed" in done.stdout, True)


if __name__ == "__main__":
    main()
