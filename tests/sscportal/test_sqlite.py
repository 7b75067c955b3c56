"""Several editors saving at once on SQLite. (Not a ``database`` test: PostgreSQL has its own ways.)"""

import sqlite3
import threading

import pytest
from django.db import connections, transaction

from sscportal import settings as own_settings

WRITERS, WRITES = 8, 20


@pytest.fixture
def file_database(django_db_blocker, tmp_path):
    """A database in a file, opened with the portal's options: locks of the tests' own in-memory one are not those."""
    if "sqlite3" not in own_settings.DATABASES["default"]["ENGINE"]:
        pytest.fail("This test is about SQLite; run it without DATABASE_URL, or choose with -m database.")
    options = own_settings.DATABASES["default"]["OPTIONS"]
    connections.settings["file"] = {
        **connections["default"].settings_dict, "NAME": str(tmp_path / "writers.sqlite3"), "OPTIONS": options,
    }  # fmt: skip
    with django_db_blocker.unblock():
        yield connections["file"]
        connections["file"].close()
    del connections["file"], connections.settings["file"]


def test_no_write_is_lost_or_refused_when_eight_write_at_once(file_database):
    with file_database.cursor() as cursor:
        cursor.execute("CREATE TABLE counter (value integer)")
        cursor.execute("INSERT INTO counter VALUES (0)")
    errors = []

    def count_up():
        try:
            for _each in range(WRITES):
                # Read, think, write: what every save in the admin does.
                with transaction.atomic(using="file"), connections["file"].cursor() as cursor:
                    (value,) = cursor.execute("SELECT value FROM counter").fetchone()
                    cursor.execute("UPDATE counter SET value = %s", [value + 1])
        except Exception as error:
            errors.append(error)
        finally:
            connections["file"].close()

    writers = [threading.Thread(target=count_up) for _each in range(WRITERS)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(timeout=60)
    assert errors == []
    with file_database.cursor() as cursor:
        assert cursor.execute("SELECT value FROM counter").fetchone() == (WRITERS * WRITES,)


def test_the_journal_of_a_real_file_is_the_one_that_this_library_can_be_trusted_with(file_database):
    with file_database.cursor() as cursor:
        journal = cursor.execute("PRAGMA journal_mode").fetchone()[0]
    assert journal == ("wal" if sqlite3.sqlite_version_info >= (3, 51, 3) else "delete")
