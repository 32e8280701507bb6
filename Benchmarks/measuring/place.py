"""Where a run works: the program, the bundled data, a folder to write in, and the databases that several need."""
import gzip
import json
import os
import pathlib
import shutil
import socket
import sys

from . import child

ROOT = pathlib.Path(__file__).resolve().parents[2]
# Scripts of their own, apart from ours: what checks the product shares nothing with it.
AREAS = ROOT / "Benchmarks/areas"
# The England files, by the kind that `eyhub import` calls them, with the day of their edition.
ENGLAND = {
    "wards": ("wards-2024-05.geojson.gz", "2024-05-01"),
    "postcodes": ("postcodes-2025-10.csv.gz", "2025-10-20"),
    "deprivation": ("deprivation-2025.csv.gz", "2025-10-30"),
    "schools": ("schools-2024-06.csv.gz", "2024-06-30"),
    "ofsted": ("ofsted-2021-08-31.csv.gz", "2021-08-31"),
}
OFSTED_ROWS = 70_980
POSTCODE_ROWS = 1_492_125


class Place:
    def __init__(self, say):
        self.say = say
        self.binary = pathlib.Path(os.environ.get("EYHUB_BINARY", ROOT / ".build/release/eyhub")).absolute()
        if not os.access(self.binary, os.X_OK):
            raise child.Failed(f"there is no program at {self.binary}: build it, or set EYHUB_BINARY")
        self.data = ROOT / "data"
        work = ROOT / ".work"
        # A run that was killed leaves its folder behind: only one run at a time, and each clears up first.
        self.folder = pathlib.Path(os.environ.get("EYHUB_BENCH_FOLDER", work / "bench"))
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)
        self.made = {}

    def close(self):
        shutil.rmtree(self.folder, ignore_errors=True)

    def packed(self, kind):
        return self.data / "england" / ENGLAND[kind][0]

    def plain(self, kind):
        """The file unpacked: what our peers can read. Ours is given the same."""
        path = self.folder / ENGLAND[kind][0].removesuffix(".gz")
        if not path.exists():
            with gzip.open(self.packed(kind)) as packed, open(path, "wb") as out:
                shutil.copyfileobj(packed, out, 1 << 20)
        return path

    def load(self, kind, database, path=None, cap=300):
        """`eyhub import`: what was measured of the program, and its report."""
        os.sync()  # What another run left to be written is not ours to wait for.
        done = child.run(
            [self.binary, "import", kind, path or self.packed(kind), "--as-of", ENGLAND[kind][1],
             "--database", database, "--json"],
            cap=cap, allowed=(0, 1))
        try:
            report = json.loads(done.out)
        except ValueError:
            told = (done.err or done.out).strip()[:300] or "it said nothing"
            raise child.Failed(f"eyhub import {kind} printed no JSON: {told}") from None
        return done, report

    def fresh(self, name):
        """The path of an SQLite file that does not exist."""
        path = self.folder / f"{name}.sqlite"
        self.drop(path)
        return path

    @staticmethod
    def drop(path):
        for end in ("", "-wal", "-shm", "-journal"):
            pathlib.Path(f"{path}{end}").unlink(missing_ok=True)

    def copy(self, source, name):
        path = self.fresh(name)
        shutil.copyfile(source, path)
        return path

    def base(self):
        """England's wards and postcodes and nothing else: where a register is loaded into. Made once a run."""
        if "base" not in self.made:
            self.say("preparing: England's wards and postcodes")
            path = self.fresh("base")
            for kind in ("wards", "postcodes"):
                self.load(kind, f"sqlite:{path}")
            self.made["base"] = path
        return self.made["base"]

    def england(self):
        """All of England: wards, postcodes, deprivation, schools, providers."""
        if "england" not in self.made:
            path = self.copy(self.base(), "england")
            self.say("preparing: England's deprivation, schools and providers")
            for kind in ("deprivation", "schools", "ofsted"):
                self.load(kind, f"sqlite:{path}")
            self.made["england"] = path
        return self.made["england"]

    def areas(self):
        """The folder with NAME.csv and NAME.geojson for each area and for England. Made once a run."""
        if "areas" not in self.made:
            self.say("preparing: the settings and wards of each area")
            path = self.folder / "areas"
            child.run([sys.executable, AREAS / "inputs.py", path, "--data", self.data, "--england"])
            self.made["areas"] = path
        return self.made["areas"]


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]
