"""Tasks for the tests of the worker. What they did stands in a file: a killed process can't say it otherwise."""

import os
import signal
import time
from pathlib import Path

from django_tasks import task

from apps.background.terms import terms


def write(path, word):
    with Path(path).open("a") as file:
        file.write(f"{word}\n")


@task()
@terms(pause=0)
def note(path, word):
    write(path, word)


@task()
def take_a_second(path):
    write(path, "begun")
    time.sleep(1)
    write(path, "ended")


@task(takes_context=True)
@terms(attempts=2, limit=1)
def be_killed(context, path, times):
    write(path, f"attempt {context.attempt}")
    if context.attempt <= times:
        os.kill(os.getpid(), signal.SIGKILL)
    write(path, "ended")


@task()
def take_a_minute(path):
    write(path, "begun")
    time.sleep(60)


@task()
@terms(attempts=1, limit=1)
def take_too_long(path):
    write(path, "begun")
    time.sleep(60)


@task()
@terms(attempts=1, limit=0.5)
def hang_and_hear_nothing(path):
    write(path, "begun")
    while True:
        try:
            time.sleep(60)
        except BaseException:
            write(path, "not interested")


@task(takes_context=True)
@terms(attempts=3, pause=0)
def fail_twice(context, path):
    write(path, f"attempt {context.attempt}")
    if context.attempt < 3:
        raise ValueError("Not yet.")


@task()
@terms(attempts=3, pause=0)
def fail(path, message="Never."):
    write(path, "tried")
    raise ValueError(message)


@task()
@terms(attempts=3, pause=40)
def fail_slowly():
    raise ValueError("Later, perhaps.")


@task()
def say_what_no_database_holds():
    raise ValueError("NUL \0 and half a pair \ud83d")
