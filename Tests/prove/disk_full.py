"""Part 3: the disk is full. Writing is refused in plain words, reading goes on, and with room again so does writing."""

import ctypes
import os
import resource
import shutil
import tempfile
from pathlib import Path

import postgres
import writers
from client import Browser
from failing import expect
from house import House

MEGABYTES = 48
PAGES = ["/", "/settings", "/staff/people", "/staff/audit", "/staff/mail"]


class SmallDisk:
    """A file system of its own in memory, with so many megabytes. Only root may make one."""

    words = f"a file system of {MEGABYTES} MB of its own (tmpfs)"

    def __init__(self, folder):
        self.folder, self.filler = Path(folder), Path(folder) / "filler"
        self.libc = ctypes.CDLL(None, use_errno=True)

    def __enter__(self):
        self.folder.mkdir(exist_ok=True)
        if self.libc.mount(b"tmpfs", bytes(self.folder), b"tmpfs", 0, f"size={MEGABYTES}m,mode=0755".encode()) != 0:
            raise PermissionError(ctypes.get_errno())
        return self

    def fill(self, _):
        with open(self.filler, "wb", buffering=0) as file:
            for size in (1 << 20, 4096):
                try:
                    while True:
                        file.write(b"\0" * size)
                except OSError:
                    pass

    def free(self, _):
        self.filler.unlink()

    def __exit__(self, *_):
        self.libc.umount2(bytes(self.folder), 2)


class SmallFiles:
    """Where nobody may mount: the process may make no file longer than it is now (RLIMIT_FSIZE), as with a quota."""

    words = "a limit to the size of the files of the process (RLIMIT_FSIZE), since file systems may not be mounted here"

    def __init__(self, folder):
        self.folder = Path(folder)

    def __enter__(self):
        self.folder.mkdir(exist_ok=True)
        return self

    def fill(self, house):
        self.limit(house, 4096)

    def free(self, house):
        self.limit(house, resource.RLIM_INFINITY)

    def limit(self, house, size):
        resource.prlimit(house.process.pid, resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))

    def __exit__(self, *_):
        pass


def small_place(folder):
    try:
        with SmallDisk(folder):
            return SmallDisk(folder)
    except PermissionError:
        return SmallFiles(folder)


def disk_full(ground, _):
    # Near the root, since the user of PostgreSQL must be able to reach it.
    folder = tempfile.mkdtemp(prefix="eyhub-prove.", dir="/tmp")
    os.chmod(folder, 0o755)
    try:
        disk = small_place(f"{folder}/disk")
        with disk:
            place = ground.place("sqlite", "full", disk.folder)
            lines = [f"with {disk.words}", *trial(ground, disk, place)]
            expect(place.column("pragma integrity_check") == ["ok"], "SQLite finds its file damaged")
        if isinstance(disk, SmallFiles):
            return [*lines, "postgresql: NOT RUN, it needs a file system of its own, which this machine does not let us mount"]
        with disk:
            return lines + with_postgresql(ground, disk)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def with_postgresql(ground, disk):
    """Its tables lie on the small disk, its journal elsewhere."""
    space = disk.folder / "tables"
    space.mkdir()
    os.chown(space, os.stat(postgres.run("show data_directory")[0][0]).st_uid, -1)
    postgres.run(f"create tablespace prove_small location '{space}'")
    try:
        return trial(ground, disk, ground.place("postgresql", "full", tablespace="prove_small"))
    finally:
        postgres.drop("prove_full")
        postgres.run("drop tablespace prove_small")


def trial(ground, disk, place):
    engine = place.engine
    with House(place.address, ground.log(f"full-{engine}")) as house:
        before = some_writes(house, ground, "before", 4)
        expect(len(before.taken) == 4, f"{engine}: writes with room failed: {before.statuses} {before.faults[:1]}")
        disk.fill(house)
        # What room is left inside the files is used up first.
        during = some_writes(house, ground, "during", 3_000, until_refused=60)
        expect(not during.faults, f"{engine}: with a full disk: {during.faults[:1]}")
        expect(len(during.refused) >= 60 and set(during.statuses) <= {303, 507}, f"{engine}: not refused as full: {during.statuses}")
        reader = Browser(house.port, ground.cookies["administrator"])
        for path in PAGES:
            answer = reader.get(path)
            expect(answer.status == 200, f"{engine}: {path} answered {answer.status} with a full disk")
        words = refusal(reader, ground)
        disk.free(house)
        after = some_writes(house, ground, "after", 6)
        expect(len(after.taken) == 6, f"{engine}: writes with room again failed: {after.statuses} {after.faults[:1]}")
        house.stop()
    kept = writers.Kept(place)
    faults = list(kept.faults())
    expect(not faults, f"{engine}: {faults}")
    taken = set(before.taken + during.taken + after.taken)
    expect(kept.things == taken, f"{engine}: acknowledged {len(taken)}, there are {len(kept.things)}")
    return [
        f"{engine}: full, {len(during.refused)} writes were refused with 507 (“{words}”), {len(PAGES)} pages were read; with room again writing "
        f"went on; exactly the {len(taken)} acknowledged writes are there"
    ]


def refusal(browser, ground):
    """The page of a refusal, in the words a person reads."""
    browser.token = ground.token
    answer = browser.post("/staff/settings/new", {"type": "other", "name": "One too many", "note": "n" * 4_900})
    expect(answer.status == 507 and "The disk is full" in answer.text, f"refused as {answer.status}: {answer.text[-300:]}")
    return "The disk is full, so nothing could be saved …"


def some_writes(house, ground, name, most, until_refused=None):
    writer = writers.Writer(house, ground, name, allowed=(507,), most=most, until_refused=until_refused)
    writer.run()
    return writer
