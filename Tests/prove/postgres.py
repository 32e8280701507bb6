"""Our PostgreSQL of scripts/postgres: databases in it, questions to it, its death and its return."""

import csv
import io
import os
import subprocess

from failing import Failed
from house import PROJECT, VERB_SECONDS

SERVER = os.environ.get("EYHUB_PROVE_POSTGRES", "")


def url(name):
    """The address of a database of that name."""
    return SERVER.rsplit("/", 1)[0] + "/" + name


def run(sql, name="postgres"):
    """Runs SQL; the rows of its answer as lists of texts, null as an empty one."""
    done = subprocess.run(
        ["psql", "-X", "-q", "--csv", "-t", "-v", "ON_ERROR_STOP=1", "-d", url(name), "-c", sql],
        check=False, capture_output=True, text=True, timeout=VERB_SECONDS)
    if done.returncode != 0:
        raise Failed(f"psql: {done.stderr.strip()[-300:]}")
    return list(csv.reader(io.StringIO(done.stdout)))


def create(name, template=None, tablespace=None):
    run(f"drop database if exists {name} with (force)")
    more = (f" template {template}" if template else "") + (f" tablespace {tablespace}" if tablespace else "")
    run(f"create database {name}{more}")
    return url(name)


def drop(name):
    run(f"drop database if exists {name} with (force)")


def manage(verb):
    """`crash` ends it at once, as a power cut would; `again` starts the same cluster."""
    done = subprocess.run(
        [PROJECT / "scripts/postgres", verb], check=False, capture_output=True, text=True, timeout=VERB_SECONDS, stdin=subprocess.DEVNULL)
    if done.returncode != 0:
        raise Failed(f"scripts/postgres {verb}: {done.stderr.strip()}")
