"""A running eyhub: started, stopped, killed. What it says on standard error goes to a file."""

import os
import signal
import subprocess
import threading
import time
from pathlib import Path

from failing import Failed

PROJECT = Path(__file__).resolve().parents[2]
BINARY = os.environ.get("EYHUB_BINARY") or str(PROJECT / ".build/debug/eyhub")
KEY = "the key of make prove, of more than thirty-two letters"
# What hangs is ended after so long: no measure of how long a start or a verb takes, which is the machine's.
START_SECONDS = VERB_SECONDS = 1_200
# It gives itself at most 90, and then still has to end.
STOP_SECONDS = 300


def surroundings(**more):
    """What our processes are given: nothing of whoever runs us but the path."""
    return {"PATH": os.environ["PATH"], "HOME": "/tmp", "EYHUB_SECRET_KEY": KEY} | more


def command(*words, check=True):
    """Runs a verb to its end; its output on standard output."""
    done = subprocess.run([BINARY, *words], check=False, capture_output=True, text=True, env=surroundings(), cwd=PROJECT, timeout=VERB_SECONDS)
    if check and done.returncode != 0:
        raise Failed(f"eyhub {' '.join(words)} ended with {done.returncode}: {done.stderr.strip()[-500:]}")
    return done.stdout


class House:
    """`more` is added to the surroundings, such as EYHUB_SMTP."""

    def __init__(self, database, log, verb="serve", **more):
        self.database, self.log, self.verb, self.more = database, log, verb, more
        self.process, self.port = None, None

    def start(self):
        words = [BINARY, self.verb, "--database", self.database, "--port", "0", "--log-level", "warning"]
        if self.verb == "demo":
            words += ["--data", str(PROJECT / "data")]
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen(
                words, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=log, env=surroundings(**self.more), cwd=PROJECT,
                restore_signals=False)
        # A start that hangs is ended, which ends the reading below.
        watch = threading.Timer(START_SECONDS, self.process.kill)
        watch.start()
        self.port = None
        for line in self.process.stdout:
            word = next((word for word in line.decode().split() if word.startswith("http://127.0.0.1:")), None)
            if word:
                self.port = int(word.rstrip(",").rsplit(":", 1)[1].split("/")[0])
                break
        watch.cancel()
        if self.port is None:
            raise Failed(f"eyhub {self.verb} did not begin to serve: {self.last_words()}")
        return self

    def last_words(self):
        return Path(self.log).read_bytes()[-600:].decode("utf-8", "replace")

    @property
    def is_running(self):
        return self.process is not None and self.process.poll() is None

    def kill(self):
        """kill -9."""
        self.process.kill()
        self.end()

    def stop(self):
        """As an operator would, waiting until it has ended."""
        if self.is_running:
            self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(timeout=STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.kill()
            raise Failed(f"eyhub did not end within {STOP_SECONDS} seconds of SIGTERM") from None
        self.end()

    def end(self):
        self.process.wait()
        self.process.stdout.close()

    def __enter__(self):
        return self.start()

    def __exit__(self, *_):
        if self.is_running:
            self.kill()


def wait_until(what, seconds, condition):
    """Waits for a condition; says what never came true."""
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            raise Failed(f"not within {seconds} s: {what}")
        time.sleep(0.05)
