"""The proof of issue 3: what a reader of the threat model would like to see with their own eyes.   prove.py [--only NAME] [--seed N]

Called by scripts/prove, which sets EYHUB_BINARY, EYHUB_PROVE_POSTGRES and the folder. README.md says what each part proves.
"""

import argparse
import importlib
import random
import sys
import tempfile
import time
import traceback
from pathlib import Path

from failing import Failed
from ground import Ground
from house import PROJECT

# In this order. Each is a file of its name with a function of its name that returns sentences, or raises Failed.
PARTS = ["fuzz", "durability", "disk_full", "two_copies", "postgres_away", "backup", "suites"]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--only", default="", choices=["", *PARTS])
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1_000_000))
    options = parser.parse_args()
    print(f"Seed {options.seed}: the same again with SEED={options.seed}", flush=True)
    failed = []
    work = PROJECT / ".work"
    with tempfile.TemporaryDirectory(prefix="prove.", dir=work) as folder:
        ground = Ground(folder, work / "logs")
        ground.make()
        for name in [options.only] if options.only else PARTS:
            if not prove(name, ground, options.seed):
                failed.append(name)
    print(f"Not proved: {', '.join(failed)}" if failed else "All proved.", flush=True)
    sys.exit(1 if failed else 0)


def prove(name, ground, seed):
    began = time.monotonic()
    print(f"\n{name.replace('_', ' ')}", flush=True)
    try:
        lines, error = getattr(importlib.import_module(name), name)(ground, seed), None
    except Failed as failure:
        lines, error = [], str(failure)
    except Exception:
        lines, error = [], traceback.format_exc()
    for line in lines:
        print(f"  {line}")
    print(f"  {'FAILED' if error else 'holds'}, {time.monotonic() - began:.0f} s", flush=True)
    if error:
        print(error, flush=True)
    return error is None


if __name__ == "__main__":
    Path(PROJECT / ".work/logs").mkdir(parents=True, exist_ok=True)
    main()
