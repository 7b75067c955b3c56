"""Putting back what a batch wrote: as long as nothing else has touched those rows since."""

import time

from django.db import transaction
from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import override

from apps.spreadsheets.applying import TimeIsUp
from apps.spreadsheets.kinds import Sheets
from apps.spreadsheets.models import Batch, BatchPart
from apps.spreadsheets.outcomes import NEW


def put_back(batch, by, until=None):
    """Undoes the written parts, the last first, each in a transaction of its own. ``[Touched, …]``: if there are any,
    nothing of their part, nor of those before it, was put back. :class:`TimeIsUp` after ``until`` (by
    ``time.monotonic()``).
    """
    sheets, own = Sheets(batch), _made(batch)
    with override(batch.language):
        for part in batch.each_part(_written(batch).order_by("-number")):
            if touched := _put_back(part, sheets.of(part), own, by):
                return touched
            left = rows_written(batch)
            done = batch.writes - left if batch.state == Batch.State.UNDOING else left
            Batch.objects.filter(pk=batch.pk, state=batch.state).update(done=max(done, 0), moved_at=timezone.now())
            # Not before: whoever goes on puts back at least one.
            if until and time.monotonic() > until:
                raise TimeIsUp
    return []


def _put_back(part, sheet, own, by):
    with transaction.atomic():
        # Another worker may be at it too: what it has put back is touched, but by nobody else.
        if not BatchPart.objects.select_for_update().filter(pk=part.pk).exclude(written_at=None).exists():
            return []
        if touched := sheet.touched(part, own):
            return touched
        part.undone_at = sheet.put_back(part, by=by)
        part.written_at = None
        part.save(update_fields=["written_at", "undone_at"])
    return []


def touched(batch):
    """``[Touched, …]`` of all parts: what keeps the batch from being undone."""
    sheets, own = Sheets(batch), _made(batch)
    return [each for part in batch.each_part(_written(batch)) for each in sheets.of(part).touched(part, own)]


def rows_written(batch):
    """How many rows of it are in the records now."""
    return _written(batch).aggregate(rows=Sum("writes"))["rows"] or 0


def _written(batch):
    return batch.parts.exclude(written_at=None)


def _made(batch):
    """The ids of the records that the batch made: they may name each other."""
    return frozenset(each.pk for part in batch.each_part(_written(batch)) for each in part.read() if each.kind == NEW)
