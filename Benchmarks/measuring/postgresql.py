"""Databases of our own in the private PostgreSQL of the run."""
import os
import urllib.parse

from . import child


class PostgreSQL:
    def __init__(self):
        self.address = os.environ.get("EYHUB_BENCH_POSTGRES", "")
        if not self.address:
            raise child.Failed("EYHUB_BENCH_POSTGRES is not set: scripts/bench starts a PostgreSQL and sets it")
        self.names = set()

    def url(self, name):
        parts = urllib.parse.urlsplit(self.address)
        return urllib.parse.urlunsplit(parts._replace(path=f"/{name}"))

    def psql(self, sql, database=None, cap=300):
        command = ["psql", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-d"]
        return child.run([*command, self.url(database) if database else self.address, "-c", sql], cap=cap)

    def create(self, name, template=None):
        """A fresh database, empty or as `template` is; what was to be written is written before anybody is timed."""
        self.drop(name)
        self.psql(f"create database {name}" + (f" template {template}" if template else ""))
        self.names.add(name)
        self.psql("checkpoint")
        return self.url(name)

    def drop(self, name):
        self.psql(f"drop database if exists {name} with (force)")
        self.names.discard(name)

    def close(self):
        for name in list(self.names):
            self.drop(name)
