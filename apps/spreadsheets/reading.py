"""From the bytes of an uploaded file to its rows, all cells texts; whatever the file is, rows or :class:`Refused`."""

import csv
import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path

import tablib
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.spreadsheets import workbook
from apps.spreadsheets.inert import awakened
from apps.spreadsheets.refusals import Refused

MEGABYTE = 1024 * 1024
MAX_BYTES = 5 * MEGABYTE
# Some ten seconds of preview on SQLite, in which nobody else can write.
MAX_ROWS = 1000
MAX_COLUMNS = 100
MAX_CHARACTERS = 5_000_000
MAX_MEMBERS = 200
MAX_UNPACKED = 60 * MEGABYTE
READER_MEMORY = 512 * MEGABYTE
READER_SECONDS = 10

# What the reading process answers, as sentences.
REASONS = {
    "rows": gettext_lazy("The sheet has more than %(rows)s rows. Split it into several files."),
    "columns": gettext_lazy("The sheet has more than %(columns)s columns. Delete what is right of your table."),
    "characters": gettext_lazy("The sheet has too much text for one file. Split it into several files."),
    "error": gettext_lazy("Cell %(where)s shows a formula error. Put the text itself there."),
    "broken": gettext_lazy("The file can't be read. Save it again in your spreadsheet program and try once more."),
}
NOT_A_WORKBOOK = gettext_lazy(
    "The file is not the kind of workbook that its name says. Save it as .xlsx, .ods or .csv."
)
TOO_COMPLICATED = gettext_lazy(
    "The file took too long to read. Copy your table into a new, empty workbook, or save it as CSV, and try again."
)


def read_sheet(kind, data):
    """The first sheet of ``data`` (bytes; ``kind`` is csv, xlsx or ods) as a :class:`tablib.Dataset` of texts."""
    if len(data) > MAX_BYTES:
        raise Refused(_("The file is larger than %(megabytes)s MB.") % {"megabytes": MAX_BYTES // MEGABYTE})
    rows = _csv_rows(data) if kind == "csv" else _workbook_rows(kind, data)
    while rows and not any(text.strip() for text in rows[-1]):
        rows.pop()
    if not rows:
        raise Refused(_("The file is empty. The first row must hold the names of the columns."))
    width = max(len(row) for row in rows)
    headers, *rest = [row + [""] * (width - len(row)) for row in rows]
    return tablib.Dataset(*rest, headers=headers)


def _refusal(reason, where=""):
    return Refused(REASONS[reason] % {"rows": MAX_ROWS, "columns": MAX_COLUMNS, "where": where})


def _csv_rows(data):
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Refused(
            _("The file is not in UTF-8, so Hindi in it would be damaged. Save it as “CSV UTF-8”, or as .xlsx or .ods.")
        ) from None
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)  # the comma where none is there
    rows = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        for row in reader:
            cells = [awakened(cell) for cell in row]
            while cells and not cells[-1].strip():
                cells.pop()
            if len(cells) > MAX_COLUMNS:
                raise _refusal("columns")
            rows.append(cells)
            if len(rows) > MAX_ROWS + 1:
                raise _refusal("rows")
    except csv.Error:
        raise Refused(_("Line %(line)s of the file is not CSV.") % {"line": reader.line_num}) from None
    return rows


def _workbook_rows(kind, data):
    _check_package(kind, data)
    limits = {
        "rows": MAX_ROWS,
        "columns": MAX_COLUMNS,
        "characters": MAX_CHARACTERS,
        "memory": READER_MEMORY,
        "seconds": READER_SECONDS,
    }
    command = [sys.executable, "-I", str(Path(workbook.__file__)), kind, json.dumps(limits)]
    try:
        # An empty environment: what reads a stranger's file has no business with our secrets.
        done = subprocess.run(command, input=data, capture_output=True, timeout=2 * READER_SECONDS, env={}, check=True)  # noqa: S603
        answer = json.loads(done.stdout)
    except (subprocess.SubprocessError, ValueError):
        raise Refused(TOO_COMPLICATED) from None
    if "refused" in answer:
        raise _refusal(answer["refused"], answer["where"])
    return answer["rows"]


def _check_package(kind, data):
    """Both kinds are zip files: what their list of contents says is checked before anything is unpacked."""
    try:
        members = zipfile.ZipFile(io.BytesIO(data)).infolist()
    except Exception:
        raise Refused(NOT_A_WORKBOOK) from None
    if {"xlsx": "xl/workbook.xml", "ods": "content.xml"}[kind] not in {member.filename for member in members}:
        raise Refused(NOT_A_WORKBOOK)
    if any(member.flag_bits & 1 for member in members):
        raise Refused(_("The workbook is locked with a password. Save it without one."))
    if len(members) > MAX_MEMBERS or sum(member.file_size for member in members) > MAX_UNPACKED:
        raise Refused(TOO_COMPLICATED)
