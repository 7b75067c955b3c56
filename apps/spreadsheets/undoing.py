"""Putting back what a batch wrote: as long as nothing else has touched those rows since."""

from django.db import transaction
from django.db.models import F
from django.utils.translation import override

from apps.spreadsheets.kinds import Sheets
from apps.spreadsheets.models import Batch
from apps.spreadsheets.outcomes import NEW


def put_back(batch, by):
    """Undoes the written parts, the last first, each in a transaction of its own. ``[Touched, …]``: if there are any,
    nothing of their part, nor of those before it, was put back.
    """
    sheets, own = Sheets(batch), _made(batch)
    with override(batch.language):
        for part in batch.each_part(batch.parts.exclude(written_at=None).order_by("-number")):
            sheet = sheets.of(part)
            with transaction.atomic():
                if touched := sheet.touched(part, own):
                    return touched
                part.undone_at = sheet.put_back(part, by=by)
                part.written_at = None
                part.save(update_fields=["written_at", "undone_at"])
            Batch.objects.filter(pk=batch.pk, state=Batch.State.UNDOING).update(done=F("done") + part.writes)
    return []


def touched(batch):
    """``[Touched, …]`` of all parts: what keeps the batch from being undone."""
    sheets, own = Sheets(batch), _made(batch)
    written = batch.each_part(batch.parts.exclude(written_at=None))
    return [each for part in written for each in sheets.of(part).touched(part, own)]


def _made(batch):
    """The ids of the records that the batch made: they may name each other."""
    written = batch.each_part(batch.parts.exclude(written_at=None))
    return frozenset(each.pk for part in written for each in part.read() if each.kind == NEW)
