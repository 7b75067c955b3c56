"""Writing what a preview showed: nothing is read or checked again but whether the records are still what they were.

Each part is written in a transaction of its own, with the note that it was: whoever goes on after a killed worker goes
on with the next part. Where one part can't be written and it was to be all or nothing, what the others wrote is put
back (:mod:`apps.spreadsheets.undoing`). A reader waits for no import longer than for one part.
"""

import time

from django.db import IntegrityError, transaction
from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from apps.spreadsheets.kinds import Sheets
from apps.spreadsheets.models import Batch, BatchPart
from apps.spreadsheets.outcomes import CHANGED, NEW, REFUSED, Conflict


class Stopped(Exception):
    """Somebody asked to cancel."""


class TimeIsUp(Exception):
    """There are parts left, for the next one who goes on."""


def write(batch, until=None, progress=None):
    """Writes the parts of ``batch`` that were not written yet. Between two parts :class:`Stopped` is raised if somebody
    asked to cancel, and :class:`TimeIsUp` after ``until`` (by ``time.monotonic()``); :class:`Conflict` if it is all or
    nothing and a record changed.
    """
    sheets = Sheets(batch)
    # Of a killed worker's parts the last may not be counted.
    batch.done = batch.parts.exclude(written_at=None).aggregate(sum=Sum("writes"))["sum"] or 0
    with override(batch.language):
        for part in batch.each_part(batch.parts.filter(written_at=None, writes__gt=0)):
            if Batch.objects.filter(pk=batch.pk, stop=True).exists():
                raise Stopped
            write_part(batch, part, sheets.of(part))
            Batch.objects.filter(pk=batch.pk).update(done=batch.done, moved_at=timezone.now())
            if progress:
                progress(batch.done, batch.rows)
            # Not before: whoever goes on writes at least one.
            if until and time.monotonic() > until:
                raise TimeIsUp


def write_part(batch, part, sheet):
    outcomes = part.read()
    try:
        batch.done += _write(batch, part, sheet, [each for each in outcomes if each.kind in {NEW, CHANGED}])
    except Conflict as conflict:
        if not batch.good_rows:
            part.keep(outcomes)  # with what keeps them from being written, for whoever looks why
            part.save()
            raise
        _leave_out(batch, part, outcomes, conflict)
        if part.writes:
            write_part(batch, part, sheet)


def _write(batch, part, sheet, outcomes, *, again=False):
    """How many rows were written; none where somebody else was quicker."""
    try:
        with transaction.atomic():
            # A worker that was slow, not dead, may be at it too: then another has written it, or put all back.
            waits = BatchPart.objects.select_for_update().filter(pk=part.pk, written_at=None)
            if not waits.filter(batch__state=Batch.State.IMPORTING, batch__stop=False).exists():
                return 0
            part.written_at = sheet.write(outcomes, by=batch.by)
            part.save(update_fields=["written_at"])
    except IntegrityError as error:
        # Somebody made or deleted a record while this was being written: the second look finds which.
        part.written_at = None
        if not again:
            return _write(batch, part, sheet, outcomes, again=True)
        sentence = _("Something it names was deleted, or made by somebody else, meanwhile.")
        for each in outcomes:
            each.errors.append(["", "", sentence])
        raise Conflict(outcomes) from error
    return len(outcomes)


def _leave_out(batch, part, outcomes, conflict):
    for each in conflict.outcomes:
        batch.refused += 1
        setattr(batch, each.kind, getattr(batch, each.kind) - 1)
        each.kind = REFUSED
    refused = {each.row: each for each in conflict.outcomes}
    with transaction.atomic():
        part.keep([refused.get(each.row, each) for each in outcomes])
        part.save()
        Batch.objects.filter(pk=batch.pk).update(refused=batch.refused, new=batch.new, changed=batch.changed)
