"""Runs a program to its end and says how long it took and how much memory it held."""
import dataclasses
import os
import pathlib
import subprocess
import tempfile
import threading
import time


class Failed(Exception):
    """A program did not do what the benchmark needs; the text says which and why."""


class Late(Failed):
    """A program was stopped because its time was over."""


@dataclasses.dataclass
class Done:
    seconds: float
    # The most memory it held at once, in MB of a million bytes. Never less than what this Python holds, because Linux
    # counts the moment before the program took its child's place: so this Python stays small.
    peak_mb: float
    code: int
    out: str
    err: str


def environment():
    """For a Python of ours that imports what is in this folder."""
    return {**os.environ, "PYTHONPATH": str(pathlib.Path(__file__).resolve().parents[1])}


def run(command, *, cap=300, env=None, stdin=None, allowed=(0,)):
    """Runs it, at most `cap` seconds. Throws `Failed` when it ends with a code that is not among `allowed`."""
    command = [str(word) for word in command]
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        started = time.perf_counter()
        child = subprocess.Popen(command, stdin=stdin or subprocess.DEVNULL, stdout=out, stderr=err, env=env)
        timer = threading.Timer(cap, child.kill)
        timer.start()
        _, status, usage = os.wait4(child.pid, 0)
        seconds = time.perf_counter() - started
        timer.cancel()
        child.returncode = os.waitstatus_to_exitcode(status)
        texts = []
        for file in (out, err):
            file.seek(0)
            texts.append(file.read().decode("utf-8", "replace"))
    done = Done(seconds, usage.ru_maxrss * 1024 / 1e6, child.returncode, *texts)
    if done.code not in allowed:
        told = done.err.strip().splitlines() or ["nothing on standard error"]
        name = f"{os.path.basename(command[0])} {' '.join(command[1:3])}"
        if seconds >= cap:
            raise Late(f"{name} was stopped after {cap:.0f} s")
        raise Failed(f"{name} ended with {done.code}: {told[-1][:300]}")
    return done
