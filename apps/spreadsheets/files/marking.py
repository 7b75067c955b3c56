"""The same workbook back, with what is wrong: an error column, and the wrong cells marked by a colour.

``errors``, here and in what calls: ``{title of the sheet, "" for the first: {row: [(column or None, sentence), …]}}``,
rows and columns counted from 1 as the spreadsheet program does.
"""

import csv
import io
import json
import re
import subprocess
from dataclasses import asdict, dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.spreadsheets.files.column_letters import letters_of
from apps.spreadsheets.files.inert import inert
from apps.spreadsheets.files.limits import limits
from apps.spreadsheets.files.marks.wanted import NOT_MARKED
from apps.spreadsheets.files.process import command, nameless_file
from apps.spreadsheets.refusals import Refused

# What XML can't hold.
UNWRITABLE = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
# Of an Excel cell, in UTF-16 units; half as many characters always fit.
LONGEST_TEXT = 16_000

# What the marking process answers, as sentences.
REASONS = {
    "size": gettext_lazy("The file is too large to be marked. Download the list of errors as CSV instead."),
    "full": gettext_lazy(
        "The sheet has no free column on the right for the errors. Download the list of errors as CSV instead."
    ),
    "structure": gettext_lazy(
        "The file is built in a way in which the errors can't be written into it. "
        "Download the list of errors as CSV instead."
    ),
}


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong. ``sheet``: its title, "" for the first. ``row``, ``column``: counted from 1; ``column``
    None for a row as a whole. ``heading``: of the column, ``name``: of the record, ``text``: of the cell, as they stand
    in the file.
    """

    sheet: str
    row: int
    column: int | None
    sentence: str
    heading: str = ""
    name: str = ""
    text: str = ""


def mark(kind, data, errors, *, heading, sheets=None, earlier=()):
    """The bytes of the file ``data`` with ``errors`` in it; all else in it stays as it is.

    ``kind``: "xlsx", "ods" or "csv". ``heading``: of the error column. ``earlier``: its headings in other languages; a
    column so called is replaced, and marks of an earlier round go. ``sheets``: titles of further sheets to take such
    leftovers from. What is wrong with the header row itself stands one row below it, where it has a row of its own.
    :class:`Refused` where the file can't be marked; :func:`errors_as_csv` always can.
    """
    order = order_for(kind, errors, heading=heading, sheets=sheets or (), earlier=earlier)
    with nameless_file(json.dumps(order).encode(), b"\n", data) as file:
        try:
            # An empty environment: what reads a stranger's file has no business with our secrets.
            done = subprocess.run(  # noqa: S603
                command("marker"),
                stdin=file,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                timeout=2 * order["limits"]["cpu_seconds"],
                env={},
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise Refused(REASONS["size"]) from None
    if done.returncode == NOT_MARKED:
        raise Refused(REASONS.get(done.stdout.decode(), REASONS["structure"]))
    if done.returncode:  # it was killed
        raise Refused(REASONS["size"])
    return done.stdout


def order_for(kind, errors, *, heading, sheets, earlier):
    """What the marking process is told; see ``marker.py``."""
    orders = {title.strip().casefold(): [] for title in [*sheets, *errors] or [""]}
    for title, rows in errors.items():
        orders[title.strip().casefold()] = [
            [
                row,
                sorted({column for column, _sentence in wrong if column}),
                _text([sentence for _column, sentence in wrong], escaped=kind == "csv"),
            ]
            for row, wrong in rows.items()
        ]
    return {
        "kind": kind,
        "heading": str(heading),
        "earlier": [str(each) for each in earlier],
        "sheets": orders,
        "limits": asdict(limits()),
    }


def _text(sentences, *, escaped):
    """Each sentence once, one a line."""
    lines = dict.fromkeys(UNWRITABLE.sub("\ufffd", str(sentence)) for sentence in sentences)
    text = "\n".join(lines)
    if len(text) > LONGEST_TEXT:
        text = text[:LONGEST_TEXT] + "…"
    return inert(text) if escaped else text


def errors_as_csv(faults, file, *, heading):
    """Writes ``faults`` (:class:`Fault`) as CSV to ``file``, open for bytes, as they come; also for what :func:`mark`
    refuses. Columns by letter and heading.
    """
    stream = io.TextIOWrapper(file, "utf-8-sig", errors="replace", newline="")
    writer = csv.writer(stream)
    where = [_("Sheet"), _("Row"), _("Column"), _("Name of the column"), _("Record"), _("What stands there")]
    writer.writerow([*where, str(heading)])
    for each in faults:
        letters = letters_of(each.column) if each.column else ""
        texts = [each.heading, each.name, each.text, str(each.sentence)]
        writer.writerow([inert(each.sheet), each.row, letters, *map(inert, texts)])
    stream.detach()  # or it would close the file
