"""``together.py COMMAND … -- COMMAND …``: runs commands side by side; all end as soon as one does, or on Ctrl-C.

For ``make run`` on one's own machine, where no systemd looks after the server and the worker. Each command has a group
of processes of its own: the terminal's Ctrl-C reaches only us, and nothing a command started is left over.
"""

import ctypes
import os
import signal
import subprocess
import sys
import time

# Seconds that the commands have to finish what they do: a task may take a minute. A second Ctrl-C shortens it.
PATIENCE = 70
LAST_WORDS = 2
PR_SET_PDEATHSIG = 1

asked_at = []  # the times of the signals we heard


def hear(number, frame):
    # One wish to stop may come twice at once: to the group from the terminal, to us from make.
    if not asked_at or time.monotonic() - asked_at[-1] > 1:
        asked_at.append(time.monotonic())


def commands_in(words):
    """``[["a", "x"], ["b"]]`` of ``a x -- b``."""
    found = [[]]
    for word in words:
        if word == "--":
            found.append([])
        else:
            found[-1].append(word)
    return found


def end_with_us():
    """In the child: Linux ends it if we are killed outright."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def run(commands):
    parent = os.getppid()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, hear)
    children = [subprocess.Popen(each, start_new_session=True, preexec_fn=end_with_us) for each in commands]  # noqa: S603
    try:
        while not asked_at and all_live(children) and os.getppid() == parent:
            time.sleep(0.2)
        ended = [each for each in children if each.returncode is not None and not asked_at]
        stop(children)
    finally:
        sweep(children)
    for each in ended:
        print(f"{' '.join(each.args)}: ended by itself ({each.returncode}), so everything is stopped.", file=sys.stderr)
    return 1 if ended else 0


def all_live(children):
    return all(each.poll() is None for each in children)


def stop(children):
    ask_to_end(children, lambda: len(asked_at) < 2, PATIENCE)
    ask_to_end(children, lambda: True, LAST_WORDS)


def ask_to_end(children, patient, seconds):
    until = time.monotonic() + seconds
    for each in children:
        each.terminate()
    while any(each.poll() is None for each in children) and patient() and time.monotonic() < until:
        time.sleep(0.1)


def sweep(children):
    """Whatever is left of a group: a command that does not listen, or what it started."""
    for each in children:
        try:
            os.killpg(each.pid, signal.SIGKILL)
        except ProcessLookupError:
            continue
    for each in children:
        each.wait()


if __name__ == "__main__":
    sys.exit(run(commands_in(sys.argv[1:])))
