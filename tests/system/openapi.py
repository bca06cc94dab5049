#!/usr/bin/env python3
# openapi — what /openapi.json tells is valid OpenAPI 3.1 to a validator that others wrote, before and after a form is
# changed.
import json
import pathlib
import shutil
import subprocess
import sys

from server import BIN, ROOT, Highseas, Server, expect

SOURCES = ROOT / "tests/openapi"
PLACE = BIN.parent / "openapi-validator"
SKIPPED = 77  # ctest's word for it (cmake/tests.cmake)


def install():
    """Into the build folder, once for each state of the lock file."""
    lock = (SOURCES / "package-lock.json").read_bytes()
    installed = PLACE / "installed"
    if not installed.exists() or installed.read_bytes() != lock:
        shutil.rmtree(PLACE, ignore_errors=True)
        PLACE.mkdir(parents=True)
        for name in ("package.json", "package-lock.json"):
            shutil.copy(SOURCES / name, PLACE)
        if subprocess.run(["npm", "ci", "--no-audit", "--no-fund", "--silent"], cwd=PLACE).returncode != 0:
            print("skipped: the validator can't be installed; see that the npm registry can be reached")
            sys.exit(SKIPPED)
        installed.write_bytes(lock)
    shutil.copy(SOURCES / "validate.mjs", PLACE)


def validator_says(document):
    done = subprocess.run(["node", "validate.mjs"], cwd=PLACE, input=json.dumps(document), capture_output=True, text=True)
    return (done.stdout + done.stderr).strip()


def main():
    install()
    expect("the validator refuses what is none", "valid OpenAPI" in validator_says({"openapi": "3.1.0"}), False)
    with Server() as server:
        expect("the document before a log-in", validator_says(Highseas(server.url).get("/openapi.json")), "valid OpenAPI 3.1")
        admin = server.set_up()
        document = admin.get("/openapi.json")
        expect("the document of a new company", validator_says(document), "valid OpenAPI 3.1")
        form = admin.get("/v1/forms/customers")
        form["fields"].append({"key": "vat_no", "label": {"zh": "税号", "en": "VAT no."}, "type": "text"})
        admin.patch("/v1/forms/customers", form)
        changed = admin.get("/openapi.json")
        expect("the document follows the form", "vat_no" in json.dumps(changed), True)
        expect("the document of a changed form", validator_says(changed), "valid OpenAPI 3.1")


if __name__ == "__main__":
    main()
