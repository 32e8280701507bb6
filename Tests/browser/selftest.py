"""Whether the browser checks can fail at all: a sound page must pass, and each fault of a bad one be caught."""

import functools
import http.server
import os
import subprocess
import sys
import threading
from pathlib import Path

HERE = Path(__file__).resolve().parent
CAUGHT = [
    "ok   Good: fresh",
    "ok   Good: done",
    "FAIL Bad: fresh",
    "html-has-lang",
    "label:",
    "color-contrast",
    "(1280 dark, 320 dark)",
    "scrolls sideways: ",
    "(320 dark, 320 light)",
    "404 for ",
    "console: ",
    "answered 404, not 200",
    "could not get there",
    "2 passed, 3 failed",
]


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


def main():
    handler = functools.partial(Quiet, directory=HERE / "selftest")
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    base = f"http://127.0.0.1:{server.server_port}"
    command = [sys.executable, HERE / "axe.py", base, "--pages", HERE / "selftest/pages.json"]
    done = subprocess.run(command, capture_output=True, text=True, env=os.environ | {"EYHUB_ACTION_SECONDS": "3"})
    missed = [words for words in CAUGHT if words not in done.stdout]
    if missed or done.returncode == 0:
        print(done.stdout + done.stderr)
        sys.exit(f"ERROR: the browser checks missed: {missed}, exit code {done.returncode}")
    print("The browser checks catch what they should.")


if __name__ == "__main__":
    main()
