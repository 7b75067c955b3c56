"""The long part of it: reading a sheet, writing it, putting it back; at once, or by the worker.

The worker writes, or puts back, for some seconds and then queues what is left, so that no such lease is long: after a
kill the next worker goes on with the part that was not done, within two and a half minutes. A sheet is read in one go,
and anew after a kill: its lease is as long as the slowest file takes, and the next worker comes within five minutes.
Meanwhile the page says that nothing happens (:mod:`apps.spreadsheets.progress`).
"""

import time

from django.contrib.auth import get_user_model
from django.db import IntegrityError, OperationalError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, override
from django_tasks import task

from apps import audit
from apps.background.terms import terms
from apps.spreadsheets import applying, undoing
from apps.spreadsheets.models import Batch
from apps.spreadsheets.outcomes import Conflict
from apps.spreadsheets.progress import grouped
from apps.spreadsheets.rights import bringing_of
from apps.spreadsheets.staging import Cancelled, TooManyAtOnce, stage

# So long the worker writes or puts back before it lets others in.
SECONDS = 20
# Of the records that are no longer what a preview showed.
MOST_NAMED = 20
State = Batch.State


def look(batch, most=None, progress=None):
    """Reads the file, and says in the batch what it would do. A batch that was cancelled meanwhile stays so; one that
    an error of our own stops says that.
    """
    try:
        stage(batch, bringing_of(batch.by, batch.sheet), most=most, progress=progress)
        if batch.problems and not batch.headings:  # nothing of it could be read, so there is nothing to mark in it
            batch.pieces.all().delete()
    except Cancelled:
        pass
    except TooManyAtOnce:
        Batch.objects.filter(pk=batch.pk).update(done=0)  # the worker counts from the first row again
        raise
    except (OperationalError, IntegrityError):  # the worker's next attempt can do it
        raise
    except Exception:
        with override(batch.language):
            sentence = _("An error of the portal kept the sheet from being read. Nothing was imported. It is logged.")
        batch.forget(sentence)
        raise
    if not batch.move(State.READING, to=State.READY, ended_at=None):
        # Not if another worker was quicker, and this is its preview.
        batch.parts.filter(batch__state=State.CANCELLED).delete()


def write(batch, seconds=None, progress=None):
    """Goes on with writing, or with putting back what was written before it was stopped: all parts, or those for which
    there is time; returns whether it is done.
    """
    until = seconds and time.monotonic() + seconds
    with override(batch.language):
        try:
            _write(batch, until, progress)
            if Batch.objects.filter(pk=batch.pk, state=State.IMPORTING, stop=True).exists():
                _roll_back(batch, until)
        except applying.TimeIsUp:
            return False
    return True


def _write(batch, until, progress):
    """To the end, unless somebody asked to cancel or a record changed."""
    try:
        applying.write(batch, until=until, progress=progress)
    except applying.Stopped:
        return
    except Conflict as conflict:
        # Kept at once: whoever goes on after a kill knows by it that nothing more is to be written, and why.
        importing = Batch.objects.filter(pk=batch.pk, state=State.IMPORTING)
        importing.update(stop=True, problems=_named(conflict), moved_at=timezone.now())
        return
    if batch.move(State.IMPORTING, to=State.IMPORTED, unless_stopped=True):
        if not batch.refused:  # else it is still to be had, with the errors marked, for as long as a preview waits
            batch.pieces.all().delete()
        counts = {"new": batch.new, "changed": batch.changed}
        audit.log(audit.Verb.IMPORTED, by=batch.by, kind=batch.sheet, **counts, file=batch.file_hash)


def _named(conflict):
    sentence = _("Row %(row)s, “%(name)s”: %(why)s")
    first = conflict.outcomes[:MOST_NAMED]
    return [sentence % {"row": each.row, "name": each.name, "why": each.errors[-1][2]} for each in first]


def _roll_back(batch, until):
    """What was written goes back. Where something else has touched it since, it stays, and can be undone later."""
    left = undoing.put_back(batch, batch.by, until)
    batch.refresh_from_db(fields=["problems"])
    state = State.FAILED if batch.problems else State.CANCELLED
    if left:
        state, said = State.IMPORTED, batch.problems or [_("The import was cancelled.")]
    else:
        said = batch.problems or [_("The import was cancelled, and what it had written was put back.")]
    moved = batch.move(State.IMPORTING, to=state, problems=[*said, *_that_stay(batch, left)], stop=False)
    if moved and state != State.FAILED:  # else it can be looked at again
        batch.pieces.all().delete()


def _that_stay(batch, touched):
    """The sentences that say it: a part is put back as a whole, and none before one that stays."""
    if not touched:
        return []
    count = undoing.rows_written(batch)
    all_of_them = ngettext(
        "%(count)s row stays imported, because of what something else has touched since:",
        "%(count)s rows stay imported, because of what something else has touched since:",
        count,
    )
    each_row = _("Row %(row)s, “%(name)s” stays imported: %(why)s")
    first = touched[:MOST_NAMED]
    return [
        all_of_them % {"count": grouped(count)},
        *(each_row % {"row": each.row, "name": each.name, "why": each.sentence} for each in first),
    ]


def finish_undo(batch, by, seconds=None):
    """Goes on with undoing: all parts, or those for which there is time; returns whether it is done."""
    with override(batch.language):
        try:
            left = undoing.put_back(batch, by, until=seconds and time.monotonic() + seconds)
        except applying.TimeIsUp:
            return False
        batch.move(State.UNDOING, to=State.IMPORTED if left else State.UNDONE, problems=_that_stay(batch, left))
    return True


def _taken(pk, state):
    """The batch if that is still to be done, or None; its page hears that somebody is at it."""
    batch = Batch.objects.filter(pk=pk, state=state).first()
    return batch if batch and batch.move(state, to=state) else None


@task()
@terms(name=gettext_lazy("Read a sheet"), attempts=3, pause=5, limit=240)
def look_later(pk):
    if batch := _taken(pk, State.READING):
        look(batch)


@task()
@terms(name=gettext_lazy("Import a sheet"), attempts=20, pause=5, limit=90)
def write_later(pk):
    batch = _taken(pk, State.IMPORTING)
    if batch and not write(batch, seconds=SECONDS):
        write_later.enqueue(pk)


@task()
@terms(name=gettext_lazy("Undo the import of a sheet"), attempts=20, pause=5, limit=90)
def undo_later(pk, by=None):
    """``by``: the id of whoever undoes it, if it is somebody."""
    batch = _taken(pk, State.UNDOING)
    if batch and not finish_undo(batch, get_user_model().objects.filter(pk=by).first(), seconds=SECONDS):
        undo_later.enqueue(pk, by)
