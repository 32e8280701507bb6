"""wrk, the load generator: asks a server for the paths of a file, in order, and says what came."""
import json
import pathlib

from . import child

SCRIPT = pathlib.Path(__file__).with_name("wrk.lua")


def ask(server, paths_file, *, seconds, connections=16, threads=2):
    """Requests a second and how long answers took, in milliseconds. Throws `Failed` if any answer was not good."""
    threads = min(threads, connections)
    done = child.run(
        ["wrk", "-t", threads, "-c", connections, "-d", f"{seconds}s", "--timeout", "20s", "-s", SCRIPT,
         server.address, "--", paths_file],
        cap=seconds + 60)
    told = json.loads(done.out.splitlines()[-1])
    if told["bad"] or not told["requests"]:
        raise child.Failed(f"{server.address}: {told['bad']} of {told['requests']} answers were not good")
    return {
        "per_second": told["requests"] / told["seconds"], "p50_ms": told["p50"] / 1000, "p99_ms": told["p99"] / 1000,
        "bytes": round(told["bytes"] / told["requests"]),
    }


def write_paths(path, paths):
    pathlib.Path(path).write_text("".join(p + "\n" for p in paths), encoding="ascii")
    return path
