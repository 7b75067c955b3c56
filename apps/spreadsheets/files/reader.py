"""Reads an uploaded sheet in a process of its own, which has little memory, little time, no environment and no files.

``process.py`` starts it; of the portal it imports only its neighbours, which import only Python. stdin: the
file. stdout: ``rows.py``. Arguments: the kind, how many limits, these as ``rows=50000``, how many titles the first
sheet may have, these, then the titles asked for.
"""

import sys
from importlib import import_module
from mmap import ACCESS_READ, mmap

from apps.spreadsheets.files.confinement import confine
from apps.spreadsheets.files.refused_file import RefusedFile
from apps.spreadsheets.files.rows import Rows, say

OLD_EXCEL = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
READERS = {"csv": "csv_reader", "xlsx": "xlsx_reader", "ods": "ods_reader"}


def read(kind, data, first, wanted, limits, stream):
    rows = Rows(stream, limits)
    if data[:8] == OLD_EXCEL:
        raise RefusedFile("old")
    reader = import_module(f"apps.spreadsheets.files.{READERS[kind]}")
    reader.read(data, first, wanted, limits, rows)
    rows.flush()
    say(stream, "end", "")


def the_file():
    try:
        return mmap(0, 0, access=ACCESS_READ)
    except ValueError:  # an empty file has no map
        return b""


def counted(arguments):
    """Those that the first of them counts, and the rest."""
    end = 1 + int(arguments[0])
    return arguments[1:end], arguments[end:]


def main():
    kind, *rest = sys.argv[1:]
    told, rest = counted(rest)
    limits = {name: int(value) for name, _, value in (each.partition("=") for each in told)}
    first, wanted = map(set, counted(rest))
    confine(limits)
    stream = sys.stdout.buffer
    try:
        read(kind, the_file(), first, wanted, limits, stream)
    except RefusedFile as refusal:
        say(stream, "refused", refusal.reason, refusal.where)
    except MemoryError:
        say(stream, "refused", "memory", "")
    except Exception:  # whatever a hostile file makes of the libraries: the editor gets a sentence
        say(stream, "refused", "broken", "")
