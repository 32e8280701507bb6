"""schemathesis over the OpenAPI document that the server serves, as a stranger and with an administrator's token."""

import os
import re
import subprocess
import sys
from pathlib import Path

from client import SECONDS
from failing import Failed, expect
from house import PROJECT, House

# Our own check takes no 5xx either, but for the 501 that RFC 9110 asks for a method nobody knows, which schemathesis calls a fault.
CHECKS = "status_code_conformance,content_type_conformance,response_schema_conformance,as_every_answer"
EXAMPLES = 150


def run(port, seed, headers, folder):
    words = [
        str(Path(sys.executable).parent / "schemathesis"), "run", f"http://127.0.0.1:{port}/api/openapi.json", "--checks", CHECKS,
        "--phases", "examples,coverage,fuzzing", "--mode", "all", "--max-examples", str(EXAMPLES), "--seed", str(seed),
        "--generation-database", "none", "--generation-allow-x00", "true", "--request-timeout", str(SECONDS), "--max-redirects", "0", "--no-color",
        "--suppress-health-check", "all", "--warnings", "off", "--continue-on-failure", "--report", "ndjson",
        "--report-ndjson-path", str(folder / "schemathesis.ndjson"),
    ]
    for header in headers:
        words += ["-H", header]
    done = subprocess.run(
        words, check=False, capture_output=True, text=True, timeout=60 * 60, cwd=folder,
        env=os.environ | {"SCHEMATHESIS_HOOKS": "schemathesis_hooks", "PYTHONPATH": str(PROJECT / "Tests/prove")})
    if done.returncode != 0:
        raise Failed(f"schemathesis found faults:\n{(done.stdout + done.stderr)[-6000:]}")
    found = re.search(r"(\d[\d,]*) generated", done.stdout)
    expect(found, f"schemathesis did not say how much it did:\n{done.stdout[-1500:]}")
    return int(found.group(1).replace(",", ""))


def fuzz_api(ground, seed):
    folder = ground.folder / "schemathesis"
    folder.mkdir(exist_ok=True)
    lines, total = [], 0
    with House(ground.place("sqlite", "api").address, ground.log("fuzz-api")) as house:
        for name, headers in [("stranger", []), ("an administrator’s token", [f"Authorization: Bearer {ground.bearer}"])]:
            count = run(house.port, seed, headers, folder)
            total += count
            lines.append(f"schemathesis as {name}: {count} requests")
        expect(house.is_running, "eyhub ended while schemathesis asked")
        house.stop()
    return total, lines
