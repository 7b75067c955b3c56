"""Starts a child and watches its memory from outside, so that the measuring costs the measured nothing.

The peak of a process is the kernel's own high-water mark (``VmHWM``), which unlike ``ru_maxrss`` begins anew with each
program; elsewhere than on Linux ``ru_maxrss`` has to do. Processes that the child starts are asked until they end.
"""

import json
import os
import resource
import secrets
import select
import subprocess
import sys
from pathlib import Path

SECONDS_BETWEEN = 0.02
MEGABYTE = 1024 * 1024


class ChildFailed(Exception):
    """Its arguments; what it said of the reason is on stderr."""


def environment(database_url):
    """The environment of a child: a portal of its own on ``database_url``."""
    kept = {name: value for name, value in os.environ.items() if name not in {"ALLOWED_HOSTS", "CACHE_URL"}}
    kept.pop("BEHIND_PROXY", None)
    return kept | {
        "DJANGO_SETTINGS_MODULE": "sscportal.settings",
        "DATABASE_URL": database_url,
        "SECRET_KEY": secrets.token_urlsafe(60),
        "SITE_URL": "http://127.0.0.1",
        "DEBUG": "0",
    }


def run_child(arguments, environment):
    """Runs ``python -m bench.sheets ARGUMENTS``; returns the figures that it says and its memory, in megabytes.

    The child prints JSON objects, a line each: the one with ``"measured"`` ends the watching, all are merged.
    Raises :class:`ChildFailed`.
    """
    command = [sys.executable, "-m", "bench.sheets", *arguments]
    child = subprocess.Popen(command, stdout=subprocess.PIPE, env=environment)
    figures, memory, watching = {}, Memory(child.pid), True
    while True:
        if select.select([child.stdout], [], [], SECONDS_BETWEEN if watching else None)[0]:
            line = child.stdout.readline()
            if not line:
                break
            figures |= json.loads(line)
            watching = watching and "measured" not in figures
        if watching:
            memory.look()
    if child.wait():
        raise ChildFailed(" ".join(arguments))
    return figures | memory.figures(figures)


class Memory:
    """What a process and those it starts take, as far as anybody has looked."""

    def __init__(self, pid):
        self.pid, self.together, self.child = pid, 0, 0

    def look(self):
        children = [status(pid) for pid in started_by(self.pid)]
        self.together = max(self.together, status(self.pid)["VmRSS"] + sum(each["VmRSS"] for each in children))
        self.child = max([self.child, *(each["VmHWM"] for each in children)])

    def figures(self, said):
        """``together``: the most at one time; ``said``: what the child itself knows of its own peak."""
        own = said.get("own_peak", 0)
        return {"child_peak": self.child, "peak": max(self.together, own, self.child)}


def started_by(pid):
    try:
        tasks = list(Path(f"/proc/{pid}/task").iterdir())
        return [int(each) for task in tasks for each in (task / "children").read_text().split()]
    except OSError:
        return []


def status(pid):
    """``{"VmRSS": 93.1, "VmHWM": 120.5}``: megabytes now, and at most so far; zeros for a process that has ended."""
    found = {"VmRSS": 0, "VmHWM": 0}
    try:
        for line in Path(f"/proc/{pid}/status").read_text().splitlines():
            name, _colon, amount = line.partition(":")
            if name in found:
                found[name] = int(amount.split()[0]) / 1024
    except OSError:
        pass
    return found


def own_peak():
    """Megabytes that this process has taken at most."""
    if peak := status("self")["VmHWM"]:
        return peak
    largest = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return largest / MEGABYTE if sys.platform == "darwin" else largest / 1024
