"""What an import would do, or why it was refused, as the import page shows it."""

import hashlib
import logging
from dataclasses import dataclass, field

from django.core.exceptions import NON_FIELD_ERRORS
from django.utils.translation import gettext as _
from import_export.results import RowResult

from apps.content.models import damage_message
from apps.languages.differences import Differences
from apps.languages.legacy import Certainty, find_damage
from apps.spreadsheets.arrange import sheet_row

# Rows that one page lists, refused or changed.
LISTED = 100

logger = logging.getLogger(__name__)


@dataclass
class Preview:
    """``problems``: sentences about the file. ``refused``: ``[(row, [(column, sentence), …]), …]``, column may be "".
    ``changes``: ``[(row, "new" or "update", label, [(column, html), …]), …]``. ``unlisted``: how many more.
    ``doubts``: ``[(row, column, sentence), …]``, what may be damage from an old font but is not refused."""

    new: int
    changed: int
    same: int
    problems: list = field(default_factory=list)
    refused: list = field(default_factory=list)
    changes: list = field(default_factory=list)
    unlisted: int = 0
    doubts: list = field(default_factory=list)

    @property
    def is_refused(self):
        return bool(self.problems or self.refused)


def preview_of(result):
    """The :class:`Preview` of an import's :class:`import_export.results.Result`."""
    preview = Preview(
        new=result.totals[RowResult.IMPORT_TYPE_NEW],
        changed=result.totals[RowResult.IMPORT_TYPE_UPDATE],
        same=result.totals[RowResult.IMPORT_TYPE_SKIP],
        problems=[error.error for error in result.base_errors],
    )
    numbered = list(enumerate(result.rows, start=1))
    bad = [(number, row) for number, row in numbered if row.errors or row.validation_error]
    good = [(number, row) for number, row in numbered if row.is_new() or row.is_update()]
    preview.refused = [(sheet_row(number), _complaints(row)) for number, row in bad[:LISTED]]
    if not preview.is_refused:
        differences = Differences()
        preview.changes = [
            (
                sheet_row(number),
                row.import_type,
                row.object_repr,
                [(name, differences.html(before, after)) for name, before, after in row.diff],
            )
            for number, row in good[:LISTED]
        ]
        preview.doubts = [each for number, row in good for each in _doubts(sheet_row(number), row)][:LISTED]
    preview.unlisted = max(0, len(bad or good) - LISTED)
    return preview


def digest_of(result):
    """A text that is another one as soon as the import would change anything else, or from anything else."""
    changes = [(row.import_type, row.diff) for row in result.rows if row.is_new() or row.is_update()]
    return hashlib.sha256(repr(changes).encode()).hexdigest()


def _doubts(number, row):
    return [
        (number, name, damage_message(run))
        for name, before, after in row.diff
        if after != before
        for run in find_damage(after)
        if run.certainty < Certainty.CERTAIN
    ]


def _complaints(row):
    if row.errors:
        for error in row.errors:
            logger.error("A row of a sheet could not be imported", exc_info=error.error)
        return [("", _("This row can't be saved. Check each of its cells, or enter the record by hand."))]
    named = getattr(row.validation_error, "error_dict", None)
    if named is None:
        return [("", sentence) for sentence in row.validation_error.messages]
    by_column = row.validation_error.message_dict.items()
    return [
        ("" if name == NON_FIELD_ERRORS else name, sentence) for name, sentences in by_column for sentence in sentences
    ]
