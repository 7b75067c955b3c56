"""Sheets on their way out: rows are read some thousand at a time and written as they come."""

import tempfile

from apps.spreadsheets.files.writing import OutColumn, OutSheet, write
from apps.spreadsheets.guide import guide
from apps.spreadsheets.outward import outward

# Rows that are read together: a query for the records and one for each kind of their links.
ROWS = 2000
# A file of up to this size (bytes) is kept in memory until it is sent.
IN_MEMORY = 2 * 1024 * 1024
# Characters wide: a third of a small screen.
MOST_FROZEN = 48


def export(kind, sheet, records, progress=None):
    """A file (open, at its start, gone when closed) of ``kind`` with the ``records``, a queryset, and their parts on
    further sheets; ``records`` may be ``none()``: an empty sheet to fill in. Raises ``Refused`` for what no file holds.

    ``progress``: called with the rows that are done and how many there are.
    """
    pks = list(records.values_list("pk", flat=True))
    sheets = [out_sheet(sheet, pks, progress), *(out_sheet(part, part.of(pks)) for part in sheet.parts)]
    if kind == "csv":
        return to_file(kind, sheets[:1])
    # What only goes out is for nobody to fill in.
    return to_file(kind, sheets if sheet.model in outward else [*sheets, guide([sheet, *sheet.parts])])


def to_file(kind, sheets):
    file = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - whoever sends it closes it
    try:
        write(kind, sheets, file)
    except BaseException:
        file.close()
        raise
    file.seek(0)
    return file


def out_sheet(sheet, pks, progress=None):
    columns = [
        OutColumn(column.label, kind=column.kind, choices=column.choices, width=column.width)
        for column in sheet.all_columns
    ]
    return OutSheet(sheet.title, columns, rows(sheet, pks, progress), frozen=_frozen(sheet))


def _frozen(sheet):
    """How many columns stay in sight: those that say which record a row is, if they leave room for the others."""
    room, count = MOST_FROZEN, 0
    for name in sheet.keys:
        room -= sheet.columns[name].width
        if room < 0:
            break
        count += 1
    return count


def rows(sheet, pks, progress=None):
    """The texts of every row, in the order of ``pks``; of a record that was deleted meanwhile none."""
    for start in range(0, len(pks), ROWS):
        some = pks[start : start + ROWS]
        known = sheet.rows_of(some)
        if progress:
            progress(start, len(pks))
        for pk in some:
            if pk in known:
                yield sheet.texts_of(known[pk])
