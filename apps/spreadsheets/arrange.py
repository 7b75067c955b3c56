"""What is checked of a sheet as a whole, before any of its rows is looked at."""

import tablib
from django.utils.translation import gettext as _
from openpyxl.utils import get_column_letter

from apps.spreadsheets.refusals import Refused, with_nearest
from apps.spreadsheets.workbook import cell_text

HEADER_ROWS = 1


def sheet_row(number):
    """The row of the sheet, as the spreadsheet program counts it, of the ``number``-th record."""
    return number + HEADER_ROWS


def is_blank(cells):
    return not any(text.strip() for text in cells)


def arranged(dataset, columns, keys):
    """``dataset`` with its headers as ``columns`` names them and every cell a text; or :class:`Refused`.

    ``columns``: all names the sheet may have. ``keys``: those it must have; together they may name a record once only.
    """
    rows = [[cell_text(cell) for cell in row] for row in dataset]
    headers = [cell_text(header).replace("\ufeff", "").strip() for header in dataset.headers or []]
    used = [place for place, header in enumerate(headers) if header or not is_blank(row[place] for row in rows)]
    names = [_matched(headers[place], columns) for place in used]
    rows = [[row[place] for place in used] for row in rows]
    problems = _header_problems([headers[place] for place in used], names, used, columns, keys)
    if not problems and all(map(is_blank, rows)):
        problems = [_("There are no rows under the names of the columns.")]
    problems = problems or _doubled_keys(names, rows, keys)
    if problems:
        raise Refused(*problems)
    return tablib.Dataset(*rows, headers=names)


def _matched(header, columns):
    return next((name for name in columns if name.casefold() == header.casefold()), None)


def _header_problems(headers, names, places, columns, keys):
    problems = []
    for header, name, place in zip(headers, names, places, strict=True):
        if not header:
            letter = get_column_letter(place + 1)
            problems.append(_("Column %(letter)s has no name in the first row.") % {"letter": letter})
        elif name is None:
            sentence = _("This sheet has no column “%(name)s”.") % {"name": header}
            problems.append(with_nearest(sentence, header, columns))
    doubled = dict.fromkeys(name for name in names if name and names.count(name) > 1)
    problems += [_("The column “%(name)s” is there twice.") % {"name": name} for name in doubled]
    missing = [name for name in keys if name not in names]
    problems += [
        _("The column “%(name)s” is missing: it says which record a row is about.") % {"name": name} for name in missing
    ]
    return problems


def _doubled_keys(names, rows, keys):
    """A record twice in one file: nobody knows which of the rows is meant."""
    places, first, problems = [names.index(key) for key in keys], {}, []
    for number, row in enumerate(rows, start=1):
        key = tuple(row[place].strip() for place in places)
        if is_blank(key):
            continue
        if key in first:
            facts = {"first": sheet_row(first[key]), "second": sheet_row(number), "key": "/".join(key)}
            problems.append(_("Rows %(first)s and %(second)s are both about “%(key)s”. Keep one of them.") % facts)
        else:
            first[key] = number
    return problems
