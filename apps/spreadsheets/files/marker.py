"""Marks a sheet in a process of its own, which has little memory, little time, no environment and no files.

``marking.py`` starts it; of the portal it imports only its neighbours, which import only Python. stdin: the order as
JSON on one line, then the file. stdout: the marked file, or where it ends with :data:`NOT_MARKED`, a key of
``marking.REASONS``.
"""

import json
import sys

from apps.spreadsheets.files.confinement import confine
from apps.spreadsheets.files.marks.wanted import NOT_MARKED, Unmarkable, Wanted

# What the archive's reader says of a file (``reasons.py``) and means that there is too much of it.
TOO_MUCH = {"members", "unpacked", "memory"}


def marked(order, data):
    """The marked file; ``order`` as ``marking.order_for`` gives it."""
    from apps.spreadsheets.files.marks import csv_rows, ods, xlsx
    from apps.spreadsheets.files.marks.archive import Archive

    wanted = {title: Wanted(errors, order["heading"], order["earlier"]) for title, errors in order["sheets"].items()}
    if order["kind"] == "csv":
        answer = csv_rows.mark(data, *wanted.values())
    else:
        archive = Archive(data, order["limits"])
        changes = {"xlsx": xlsx, "ods": ods}[order["kind"]].mark(archive, wanted)
        answer = archive.with_changes(changes) if changes else data
    # The site holds all of it. The errors beside each row make no file twice as large.
    if len(answer) > 2 * order["limits"]["megabytes"] << 20:
        raise Unmarkable("size")
    return answer


def main():
    order = json.loads(sys.stdin.buffer.readline())
    confine(order["limits"])
    try:
        answer, status = marked(order, sys.stdin.buffer.read()), 0
    except MemoryError:
        answer, status = b"size", NOT_MARKED
    except Exception as problem:  # whatever a hostile file makes of the libraries: the editor gets a sentence
        reason = getattr(problem, "reason", "structure")
        answer, status = ("size" if reason in TOO_MUCH else reason).encode(), NOT_MARKED
    sys.stdout.buffer.write(answer)
    sys.stdout.buffer.flush()
    sys.exit(status)
