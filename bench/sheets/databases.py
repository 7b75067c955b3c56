"""Databases of the bench's own, made, copied and dropped: files, or databases of a PostgreSQL server.

``DATABASE_URL`` only says which server: nothing that is in its database is read or touched. Its account must be allowed
to create databases, as for the tests.
"""

import os
import secrets
import shutil
import sqlite3
from contextlib import contextmanager
from urllib.parse import urlsplit, urlunsplit


@contextmanager
def databases(folder):
    """A store for as long as the block lasts; ``folder`` (a Path) has room for SQLite's files."""
    address = os.environ.get("DATABASE_URL", "")
    store = PostgreSQL(address) if address.startswith(("postgres://", "postgresql://")) else SQLite(folder)
    try:
        yield store
    finally:
        store.close()


class SQLite:
    product = f"SQLite {sqlite3.sqlite_version}"

    def __init__(self, folder):
        self.folder = folder

    def path(self, name):
        return self.folder / f"{name}.sqlite3"

    def url(self, name):
        return f"sqlite:///{self.path(name)}"

    def make(self, name):
        """Nothing to do: Django makes the file."""

    def copy(self, source, target):
        shutil.copyfile(self.path(source), self.path(target))

    def drop(self, name):
        self.path(name).unlink()

    def close(self):
        """Nothing to do: the folder goes with its files."""


class PostgreSQL:
    def __init__(self, address):
        import psycopg

        self.address, self.made = urlsplit(address), []
        self.prefix = f"sheets_bench_{secrets.token_hex(4)}"
        self.server = psycopg.connect(urlunsplit(self.address._replace(scheme="postgresql")), autocommit=True)
        self.product = f"PostgreSQL {self.server.info.server_version // 10_000}"

    def url(self, name):
        return urlunsplit(self.address._replace(path=f"/{self.prefix}_{name}"))

    def make(self, name, template="template0"):
        self.server.execute(f"CREATE DATABASE {self.prefix}_{name} TEMPLATE {template}")
        self.made.append(name)

    def copy(self, source, target):
        self.make(target, template=f"{self.prefix}_{source}")
        with self._inside(target) as connection:
            connection.execute("VACUUM ANALYZE")  # the planner knows the copy as it would know a portal's tables

    def drop(self, name):
        self.server.execute(f"DROP DATABASE IF EXISTS {self.prefix}_{name} WITH (FORCE)")
        self.made.remove(name)

    def close(self):
        for name in [*self.made]:
            self.drop(name)
        self.server.close()

    def _inside(self, name):
        import psycopg

        return psycopg.connect(self.url(name), autocommit=True)
