"""Programs that serve: started on a free port of this machine, waited for, stopped."""
import http.client
import os
import subprocess
import time

from . import child
from .place import free_port


class Server:
    """Starts `command(port)` and waits until `path` answers; use it in a `with`."""

    def __init__(self, command, log, path="/", patience=60, env=None):
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        with open(log, "wb") as file:
            started = time.perf_counter()
            self.process = subprocess.Popen(
                [str(word) for word in command(self.port)], stdin=subprocess.DEVNULL, stdout=file, stderr=file,
                env={**os.environ, **(env or {})})
        try:
            self.first_answer = self._wait(path, started, patience, log)
        except BaseException:
            self.stop()
            raise

    def _wait(self, path, started, patience, log):
        """Seconds from the start of the process to the end of its first good answer."""
        while time.perf_counter() - started < patience:
            if self.process.poll() is not None:
                break
            try:
                if self.get(path)[0] == 200:
                    return time.perf_counter() - started
            except OSError:
                time.sleep(0.001)
        with open(log, encoding="utf-8", errors="replace") as file:
            told = file.read().strip().splitlines() or ["it said nothing"]
        raise child.Failed(f"the server did not answer {path}: {told[-1][:300]}")

    def get(self, path, timeout=30):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        try:
            connection.request("GET", path)
            answer = connection.getresponse()
            return answer.status, answer.read()
        finally:
            connection.close()

    def memory_mb(self, what="VmRSS"):
        """Memory held now (VmRSS) or the most ever (VmHWM), in MB of a million bytes."""
        with open(f"/proc/{self.process.pid}/status", encoding="ascii") as file:
            for line in file:
                if line.startswith(what + ":"):
                    return int(line.split()[1]) * 1024 / 1e6
        raise child.Failed("the server is gone")

    def stop(self):
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(15)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()


def eyhub(place, database, path="/", name="eyhub", env=None):
    """Our server as people run it: nothing switched off, its log written to a file. `database` is a file or a URL."""
    url = database if "://" in str(database) else f"sqlite:{database}"
    return Server(
        lambda port: [place.binary, "serve", "--database", url, "--port", port], place.folder / f"{name}.log", path, env=env)
