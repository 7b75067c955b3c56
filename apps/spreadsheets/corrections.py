"""A sheet back to whoever brought it, with what is wrong beside each row."""

import tempfile

from django.utils.translation import gettext_lazy as _

from apps.languages.fields import in_every_language
from apps.spreadsheets.exporting import IN_MEMORY
from apps.spreadsheets.files.marking import Fault, errors_as_csv, mark
from apps.spreadsheets.kinds import sheet_named
from apps.spreadsheets.outcomes import REFUSED
from apps.spreadsheets.presenting import Shown

# The error column. A corrected sheet may come back with it: it is no column of any record, and is not read.
HEADING = _("What is wrong")
NAME = "what_is_wrong"


def headings():
    """``{name: [heading, …]}``, as a sheet gives those of its own columns."""
    return {NAME: list(dict.fromkeys([NAME, *_headings()]))}


def _headings():
    return in_every_language(lambda: HEADING)


def marked(batch):
    """The bytes of the file, which is still kept, with an error column and marked cells; ``Refused`` where that can't
    be done.
    """
    sheets = [_title(batch, number) for number in range(len(batch.headings) or 1)]
    data = batch.read_file()
    return mark(batch.file_kind, data, errors(batch), heading=str(HEADING), sheets=sheets, earlier=_headings())


def as_csv(batch):
    """A CSV file (open, at its start, gone when closed) with the errors alone."""
    file = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - whoever sends it closes it
    errors_as_csv(faults(batch), file, heading=str(HEADING))
    file.seek(0)
    return file


def errors(batch):
    """``{title of the sheet, "" for the first: {row: [(column or None, sentence), …]}}``, counted from 1."""
    found = {}
    for each in faults(batch):
        found.setdefault(each.sheet, {}).setdefault(each.row, []).append((each.column, each.sentence))
    return found


def faults(batch):
    """Yields each :class:`Fault`, in the order of the file.

    A sentence about the file as a whole stands with the row of the names of its columns.
    """
    row = batch.headings[0]["row"] if batch.headings else 1
    for sentence in batch.problems:
        yield Fault(_title(batch, 0), row, None, sentence)
    shown = Shown(batch)
    for each in batch.outcomes((REFUSED,)):
        title, places = _title(batch, each.sheet), batch.headings[each.sheet]["places"]
        for column, text, sentence in each.errors:
            place = places.get(column)
            heading = shown.label(each, column) if column else ""
            yield Fault(title, each.row, None if place is None else place + 1, sentence, heading, each.name, text)


def _title(batch, number):
    """Of the ``number``-th sheet that was read. The first may be called anything, and is then the file's first; under
    its own name it may stand anywhere.
    """
    title = batch.headings[number]["title"] if batch.headings else ""
    is_named = number or title.strip().casefold() in sheet_named(batch.sheet).titles
    return title if is_named else ""
