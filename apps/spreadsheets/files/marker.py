"""Marks a sheet in a process of its own, which has little memory, little time, no environment and no files.

``marking.py`` runs this file as a script; of the portal it imports only ``marks``, which imports only Python.
stdin: the order as JSON on one line, then the file. stdout: ``+`` and the marked file, or ``-`` and a key of
``marking.REASONS``.
"""

import json
import resource
import sys
from pathlib import Path


def lock_up(limits):
    """Before the first byte of the file is looked at."""
    for what, most in [
        (resource.RLIMIT_AS, limits["memory_megabytes"] << 20),
        (resource.RLIMIT_CPU, limits["cpu_seconds"]),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ]:
        resource.setrlimit(what, (most, most))


def marked(order, data):
    """The marked file; ``order`` as ``marking.order_for`` gives it."""
    from apps.spreadsheets.files.marks import csv_rows, ods, xlsx
    from apps.spreadsheets.files.marks.archive import Archive
    from apps.spreadsheets.files.marks.wanted import Wanted

    wanted = {title: Wanted(errors, order["heading"], order["earlier"]) for title, errors in order["sheets"].items()}
    if order["kind"] == "csv":
        return csv_rows.mark(data, *wanted.values())
    archive = Archive(data, unpacked=order["limits"]["unpacked_megabytes"] << 20)
    changes = {"xlsx": xlsx, "ods": ods}[order["kind"]].mark(archive, wanted)
    return archive.with_changes(changes) if changes else data


def main():
    order = json.loads(sys.stdin.buffer.readline())
    lock_up(order["limits"])
    try:
        answer = b"+" + marked(order, sys.stdin.buffer.read())
    except MemoryError:
        answer = b"-size"
    except Exception as problem:  # whatever a hostile file makes of the libraries: the editor gets a sentence
        answer = b"-" + getattr(problem, "reason", "structure").encode()
    sys.stdout.buffer.write(answer)


if __name__ == "__main__":
    # Isolated, Python knows only its own library. Last: nothing of ours stands before that.
    sys.path.append(str(Path(__file__).parents[3]))
    main()
