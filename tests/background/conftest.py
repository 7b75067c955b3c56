import os
import signal
import subprocess
import sys
import time
from urllib.parse import quote

import pytest
from django.conf import settings as portal
from django.db import connection, connections
from django_tasks_db.models import DBTaskResult

from apps.background.worker import Worker

# What production has; everywhere else a test's tasks run where they are asked for.
QUEUE = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
# Quick: a task is abandoned 0.4 seconds after its limit.
OPTIONS = ["--poll", "0.05", "--grace", "0.4", "--reap-every", "0.1"]


@pytest.fixture
def queue(settings):
    settings.TASKS = QUEUE
    settings.PERIODIC_COMMANDS = {}


@pytest.fixture
def work_off(queue, db):
    """``work_off()``: a worker in this process does what waits, and stops."""
    return lambda: Worker().run(once=True)


@pytest.fixture
def done(tmp_path):
    """The file in which the tests' tasks write, and what stands in it."""

    class Done:
        path = str(tmp_path / "done")

        @property
        def lines(self):
            try:
                with open(self.path) as file:
                    return file.read().splitlines()
            except FileNotFoundError:
                return []

    return Done()


# The address of a database that this process and others use; where PostgreSQL is not, a file.
if connection.vendor == "sqlite":

    @pytest.fixture
    def shared_database(queue, tmp_path, django_db_blocker):
        """For one test ``default`` leads to a file with nothing but the queue in it."""
        path, known = tmp_path / "queue.sqlite3", connections.settings["default"]
        with django_db_blocker.unblock():
            tests_own = connections["default"]
            connections.settings["default"] = {**known, "NAME": str(path)}
            del connections["default"]
            with connection.schema_editor() as editor:
                editor.create_model(DBTaskResult)
            yield f"sqlite:///{path}"
            connection.close()
            connections.settings["default"], connections["default"] = known, tests_own

else:

    @pytest.fixture
    def shared_database(queue, transactional_db):
        server = connection.settings_dict
        account = ":".join(quote(server[part], safe="") for part in ("USER", "PASSWORD") if server[part])
        return f"postgres://{account}@{server['HOST']}:{server['PORT']}/{server['NAME']}"


@pytest.fixture
def start_worker(shared_database):
    """``start_worker()``: a real ``manage.py work``; its log is in ``.log()`` after its end."""
    environment = {
        "PATH": os.environ["PATH"], "SECRET_KEY": portal.SECRET_KEY, "DATABASE_URL": shared_database,
        "DJANGO_SETTINGS_MODULE": "tests.background.worker_settings",
    }  # fmt: skip
    started = []

    def start(*further):
        command = [sys.executable, "manage.py", "work", *OPTIONS, *further]
        started.append(
            subprocess.Popen(command, cwd=portal.BASE_DIR, env=environment, stderr=subprocess.PIPE, text=True)
        )
        return started[-1]

    yield start
    for process in started:
        if process.poll() is None:
            process.send_signal(signal.SIGKILL)
        process.communicate()


def until(condition, seconds=30):
    """Waits for another process; how long it takes is no part of any test."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "It did not happen."
        time.sleep(0.02)
