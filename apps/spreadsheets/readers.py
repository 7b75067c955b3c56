"""Whether readers see at once what a sheet does."""

from django.db.models import Q, TextField
from django.db.models.functions import Cast

from apps.content.models import State
from apps.spreadsheets.kinds import Sheets
from apps.spreadsheets.outcomes import CHANGED, NEW
from apps.spreadsheets.rights import bringing_of


def reaches_readers(batch):
    """ "now" if readers see at once what the sheet changes in a published record, "draft" if it waits in a draft, ""
    if it has nothing to do with what they see.
    """
    if not bringing_of(batch.by, batch.sheet).everything:
        return "draft"
    try:
        sheets = Sheets(batch)
    except LookupError:
        return "now"
    if not hasattr(sheets.first, "model"):  # a translator's sheet, whoever brings it
        return "draft"
    if not _has_published(sheets.first.model):
        return ""
    return "now" if batch.changed or _adds_for_readers(batch, sheets) else ""


def taken_from_readers(batch):
    """How many records that readers see now are no longer published after it."""
    try:
        sheets = Sheets(batch)
    except LookupError:
        return 0
    parts = batch.parts.filter(writes__gt=0).annotate(text=Cast("kept", TextField()))
    rows = (each for part in parts.filter(text__contains=f'"{State.PUBLISHED}"').iterator() for each in part.read())
    return sum(_is_taken(getattr(sheets.of(each), "columns", {}).get("state"), each) for each in rows)


def _is_taken(column, outcome):
    if column is None or outcome.kind != CHANGED or "state" not in outcome.cells:
        return False
    return outcome.old_value_of(column) == State.PUBLISHED != outcome.value_of(column)


def _has_published(model):
    """Whether some of its records are before readers and others are not: by themselves, or as parts of such."""
    return "publish" in model._meta.default_permissions or bool(model.whole_relation)


def _adds_for_readers(batch, sheets):
    """Whether one of its new records is published, or a part of a record that was there before the sheet."""
    parts = batch.parts.filter(writes__gt=0).annotate(text=Cast("kept", TextField()))
    if not sheets.first.model.whole_relation:
        # Most sheets are plain: of those that only add drafts no part has to be read.
        parts = parts.filter(Q(text__contains=f'"{State.PUBLISHED}"') | Q(sheet__gt=0))
    return any(
        _is_for_readers(sheets.of(each), each) for part in parts.iterator() for each in part.read() if each.kind == NEW
    )


def _is_for_readers(sheet, outcome):
    if link := sheet.model.whole_relation:
        column = sheet.columns[link]
        return any(str(pk) not in outcome.needs for _model, pk in column.targets(outcome.value_of(column)))
    return "state" in outcome.cells and outcome.value_of(sheet.columns["state"]) == State.PUBLISHED
