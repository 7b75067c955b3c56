"""``deploy/together.py``, by which ``make run`` starts the server and the worker."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.conf import settings

from tests.background.conftest import until

# Says its number in a file, then stays.
STAY = ["sh", "-c", 'echo $$ > "$0"; exec sleep 60']
# The same, deaf, and with a child of its own.
STAY_DEAF = ["sh", "-c", 'trap "" TERM INT; sleep 60 & echo $! > "$0"; while :; do sleep 1; done']


@pytest.fixture
def together():
    started = []

    def start(*commands):
        words = [word for command in commands for word in ("--", *map(str, command))][1:]
        command = [sys.executable, settings.BASE_DIR / "deploy" / "together.py", *words]
        started.append(subprocess.Popen(command, stderr=subprocess.PIPE, text=True))
        return started[-1]

    yield start
    for process in started:
        process.kill()
        process.communicate()


def number_in(path):
    until(lambda: path.exists() and path.read_text().strip())
    return int(path.read_text())


def is_alive(number):
    try:
        state = Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_both(together, tmp_path, number):
    process = together([*STAY, tmp_path / "one"], [*STAY, tmp_path / "two"])
    numbers = [number_in(tmp_path / name) for name in ("one", "two")]
    process.send_signal(number)
    assert process.wait(30) == 0
    assert not any(map(is_alive, numbers))


def test_if_one_ends_the_other_is_ended_and_a_sentence_says_which(together, tmp_path):
    process = together([*STAY, tmp_path / "one"], ["sh", "-c", "exit 3"])
    assert process.wait(30) == 1
    assert "sh -c exit 3: ended by itself (3)" in process.stderr.read()
    assert not (tmp_path / "one").exists() or not is_alive(number_in(tmp_path / "one"))


def test_a_second_signal_ends_what_does_not_listen_and_what_it_started(together, tmp_path):
    process = together([*STAY_DEAF, tmp_path / "one"], [*STAY, tmp_path / "two"])
    grandchild = number_in(tmp_path / "one")
    number_in(tmp_path / "two")
    process.send_signal(signal.SIGINT)
    time.sleep(1.5)  # two at once count as one
    process.send_signal(signal.SIGINT)
    assert process.wait(30) == 0
    until(lambda: not is_alive(grandchild))


def test_if_it_is_killed_itself_both_end(together, tmp_path):
    process = together([*STAY, tmp_path / "one"], [*STAY, tmp_path / "two"])
    numbers = [number_in(tmp_path / name) for name in ("one", "two")]
    os.kill(process.pid, signal.SIGKILL)
    until(lambda: not any(map(is_alive, numbers)))
