"""pretix with the same hub: its settings as events, its people as customers, on the PostgreSQL of the run.

Set up as its handbook says for a server of one's own: PostgreSQL, Redis for cache and sessions, gunicorn, debugging off. The
web server that would stand before it is left out, and so are its stylesheets and scripts.
"""
import contextlib
import json
import os
import pathlib
import re
import subprocess
import time
import urllib.parse

from measuring import child
from measuring.place import ROOT
from measuring.server import Server

from .browser import Browser

PYTHON = ROOT / ".work/venv-pretix/bin/python"
SEED = pathlib.Path(__file__).with_name("peer_seed.py")
# Two for each core, as its own container image has it.
WORKERS = 2 * (os.cpu_count() or 2)
ORGANIZER, PASSWORD = "bench", "correct horse battery staple"


def version():
    return child.run([PYTHON, "-c", "import pretix; print(pretix.__version__)"]).out.strip()


class Pretix:
    """Starts Redis and pretix over a database that is filled first; use it in a `with`."""

    def __init__(self, place, postgresql, hub, sessions):
        if not PYTHON.exists():
            raise child.Failed("pretix is not installed: scripts/setup bench")
        self.folder = place.folder / "pretix"
        (self.folder / "data").mkdir(parents=True)
        self.environment = {**os.environ, "PRETIX_CONFIG_FILE": str(self.folder / "pretix.cfg")}
        self.redis = self.server = None
        # A socket's path may not be long, and the run's folder may be.
        self.socket = pathlib.Path(f"/tmp/eyhub-bench-redis-{os.getpid()}.sock")
        try:
            self._redis()
            self._configure(postgresql.create("pretix"))
            place.say("preparing: pretix, its tables (two minutes) and the same hub in it")
            child.run([PYTHON, "-m", "pretix", "migrate"], cap=900, env=self.environment)
            file = self.folder / "names.json"
            file.write_text(json.dumps({
                "settings": [name for _, name in hub.settings], "people": [[one.name, one.email] for one in hub.people]}))
            child.run([PYTHON, SEED, file, sessions], cap=600, env=self.environment)
            postgresql.psql("analyze", database="pretix")
            gunicorn = PYTHON.with_name("gunicorn")
            self.server = Server(
                lambda port: [
                    gunicorn, "pretix.wsgi", "--name", "pretix", "--workers", WORKERS, "--max-requests", 1200,
                    "--max-requests-jitter", 50, "--timeout", 120, "--log-level", "warning", "--no-control-socket", "--bind",
                    f"127.0.0.1:{port}"],
                place.folder / "pretix.log", "/control/login", env=self.environment)
        except BaseException:
            self.stop()
            raise

    def _redis(self):
        self.redis = subprocess.Popen(
            ["redis-server", "--port", "0", "--unixsocket", self.socket, "--save", "", "--dir", self.folder],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for _ in range(200):
            if self.socket.exists():
                return
            time.sleep(0.05)
        raise child.Failed("redis-server did not start")

    def _configure(self, url):
        base = urllib.parse.urlsplit(url)
        path = self.folder / "pretix.cfg"
        path.touch(mode=0o600)
        path.write_text(
            f"[pretix]\ninstance_name=Bench\nurl=http://127.0.0.1\ndatadir={self.folder / 'data'}\n"
            f"[database]\nbackend=postgresql\nname={base.path[1:]}\nuser={base.username}\npassword={base.password}\n"
            f"host={base.hostname}\nport={base.port}\n[redis]\nlocation=unix://{self.socket}?db=0\nsessions=true\n"
            "[django]\ndebug=off\n")

    async def sign_in(self, number):
        """Signs one of the team in by the page everybody uses; what their browser then sends as cookie."""
        browser = Browser(self.server.port)
        page = await browser.get("/control/login")
        token = re.search(rb'csrfmiddlewaretoken" value="([^"]+)"', page.body)
        if not token:
            raise child.Failed(f"pretix's page to sign in answered {page.status} without a form")
        answer = await browser.send_fields("/control/login", [
            ("csrfmiddlewaretoken", token.group(1).decode()), ("email", f"staff{number}@example.org"), ("password", PASSWORD)])
        browser.close()
        if answer.status != 302:
            raise child.Failed(f"pretix let nobody in: {answer.status}")
        return "; ".join(f"{name}={value}" for name, value in browser.cookies.items())

    def stop(self):
        if self.server:
            self.server.stop()
        if self.redis:
            self.redis.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.redis.wait(15)
        self.socket.unlink(missing_ok=True)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()
