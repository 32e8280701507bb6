"""Part 7: what the Swift suites hold is not repeated but named and counted, from the log of `make test` or by a run of them."""

import os
import re
import subprocess

from failing import expect
from house import BINARY, PROJECT

# Suite: what it holds of issue 3.
SUITES = {
    "SMTPSenderTests": "a real mail server: TLS, sign-in, refusal, temporary failure, hanging, a line cut in mid-letter",
    "KilledPostmanTests": "the postman killed at many moments of sending",
    "PermissionWalkTests": "every route with every role, own and foreign grounds",
}
BUNDLE = PROJECT / ".build/debug/eyhubPackageTests.xctest"


def suites(_ground, _seed):
    log = PROJECT / ".work/logs/tests.log"
    text, source = "", "in the last make test"
    if log.exists() and log.stat().st_mtime > os.path.getmtime(BINARY):
        text = log.read_text(encoding="utf-8", errors="replace")
    if not all(passed(text, name) for name in SUITES):
        text, source = run(), "run just now"
    lines = []
    for name, words in SUITES.items():
        expect(passed(text, name), f"{name} did not pass: {text[-1500:]}")
        lines.append(f"{name}, {source}: passed ({words})")
    total = re.findall(r"Test run with (\d+) tests", text)
    return [*lines, f"{total[-1]} tests in that run"]


def passed(text, name):
    return re.search(rf"Suite {name} passed", text) is not None


def run():
    done = subprocess.run(
        [BUNDLE, "--testing-library", "swift-testing", "--filter", "|".join(SUITES)], check=False, capture_output=True, text=True, timeout=60 * 60,
        env=os.environ | {"EYHUB_TEST_POSTGRES": os.environ["EYHUB_PROVE_POSTGRES"]}, cwd=PROJECT)
    return done.stdout + done.stderr
