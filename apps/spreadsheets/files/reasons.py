"""Why a file is not read, as sentences that an editor can act on: each names the limit or the place."""

from dataclasses import asdict

from django.utils.formats import number_format
from django.utils.translation import gettext_lazy

from apps.spreadsheets.refusals import Refused

# What the reading process answers (``RefusedFile.reason``), as sentences.
REASONS = {
    "megabytes": gettext_lazy("The file is larger than %(megabytes)s MB. Split it into several files."),
    "rows": gettext_lazy("The sheet has more than %(rows)s rows. Split it into several files."),
    "columns": gettext_lazy("The sheet has more than %(columns)s columns. Delete what is right of your table."),
    "cells": gettext_lazy("The sheet has more than %(cells)s cells with text. Split it into several files."),
    "characters": gettext_lazy("The sheet has more than %(characters)s characters. Split it into several files."),
    "cell": gettext_lazy("Cell %(where)s has more than %(cell_characters)s characters. Shorten its text."),
    "a cell": gettext_lazy("A cell has more than %(cell_characters)s characters. Shorten its text."),
    "row": gettext_lazy("Row %(where)s has too much text. Shorten the texts in it."),
    "empty": gettext_lazy(
        "The workbook has more than %(empty_cells)s empty cells, empty rows or formats. "
        "Copy your table into a new, empty workbook, or save it as CSV."
    ),
    "members": gettext_lazy(
        "The workbook has more than %(members)s parts. Copy your table into a new, empty workbook, or save it as CSV."
    ),
    "unpacked": gettext_lazy(
        "The workbook unpacks to more than %(unpacked_megabytes)s MB. Copy your table into a new, empty workbook, "
        "or save it as CSV."
    ),
    "memory": gettext_lazy(
        "The file needs more than %(memory_megabytes)s MB of memory. Copy your table into a new, empty workbook, "
        "or save it as CSV."
    ),
    "seconds": gettext_lazy(
        "The file took too long to read. Copy your table into a new, empty workbook, or save it as CSV, and try again."
    ),
    "error": gettext_lazy("Cell %(where)s shows a formula error. Put the text itself there."),
    "formula": gettext_lazy("Cell %(where)s holds a formula without a result. Put the text itself there."),
    "macros": gettext_lazy("The workbook contains macros. Save it as .xlsx without them."),
    "password": gettext_lazy("The workbook is locked with a password. Save it without one."),
    "old": gettext_lazy("This is an old Excel or a password-protected workbook. Save it as .xlsx without a password."),
    "kind": gettext_lazy("The file is not the kind of workbook that its name says. Save it as .xlsx, .ods or .csv."),
    "not UTF-8": gettext_lazy(
        "The file is not in UTF-8, so Hindi in it would be damaged. Save it as “CSV UTF-8”, or as .xlsx or .ods."
    ),
    "line": gettext_lazy(
        "Line %(where)s of the file is not CSV. Look for a quote in it that is not closed, or save the table again as "
        "“CSV UTF-8”."
    ),
    "blank lines": gettext_lazy(
        "The file has more than %(empty_cells)s blank lines. Delete those below your table, and save it again."
    ),
    "long line": gettext_lazy(
        "Line %(where)s has a cell of more than %(cell_characters)s characters. Shorten its text, or close its quote."
    ),
    "broken": gettext_lazy("The file can't be read. Save it again in your spreadsheet program and try once more."),
}

# The same of a cell, which refuses its row alone.
OF_CELLS = {
    "error": gettext_lazy("This cell shows an error. Put the text itself there."),
    "formula": gettext_lazy("This cell holds a formula without a result. Put the text itself there."),
    "date": gettext_lazy(
        "This date cell may mean the year %(year)s or the day %(day)s. "
        "Format it as text, then write the one that is meant: %(year)s or %(day)s."
    ),
}


def refused(reason, most, where=""):
    """The :class:`Refused` for a key of ``REASONS``; ``most``: the limits that held."""
    if reason == "cell" and not where:
        reason = "a cell"
    numbers = {name: number_format(value, use_l10n=True, force_grouping=True) for name, value in asdict(most).items()}
    return Refused(REASONS[reason] % {**numbers, "where": where})


def of_cell(reason, shown, year=""):
    """The sentence for a key of ``OF_CELLS``; ``shown``: what stands in the cell."""
    return OF_CELLS[reason] % {"day": shown, "year": year}
