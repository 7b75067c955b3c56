"""The long part of it: reading a sheet, writing it, putting it back; at once, or by the worker.

The worker writes for some seconds and then queues what is left, so that no lease is long: after a kill the next worker
goes on with the part that was not written, within two minutes.
"""

import time

from django.contrib.auth import get_user_model
from django.db import IntegrityError, OperationalError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_tasks import task

from apps import audit
from apps.background.terms import terms
from apps.spreadsheets import applying, undoing
from apps.spreadsheets.models import Batch
from apps.spreadsheets.outcomes import Conflict
from apps.spreadsheets.rights import bringing_of
from apps.spreadsheets.staging import Cancelled, TooManyAtOnce, stage

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
    except (TooManyAtOnce, OperationalError, IntegrityError):  # the worker, or its next attempt, can do it
        raise
    except Exception:
        batch.forget(_("An error of the portal kept the sheet from being read. Nothing was imported. It is logged."))
        raise
    if not batch.move(State.READING, to=State.READY, ended_at=None):
        batch.parts.all().delete()


def write(batch, seconds=None, progress=None):
    """Goes on with writing: all parts, or those for which there is time; returns whether it is done."""
    try:
        applying.write(batch, until=seconds and time.monotonic() + seconds, progress=progress)
    except applying.TimeIsUp:
        return False
    except applying.Stopped:
        _stopped(batch)
    except Conflict as conflict:
        sentences = [_("Row %(row)s, “%(name)s”: %(why)s") % each for each in _named(conflict)]
        _roll_back(batch, State.FAILED, sentences)
    else:
        _imported(batch)
    return True


def _named(conflict):
    return [{"row": each.row, "name": each.name, "why": each.errors[-1][2]} for each in conflict.outcomes[:MOST_NAMED]]


def _imported(batch):
    """The end, unless somebody asked to cancel while the last rows were written."""
    if batch.move(State.IMPORTING, to=State.IMPORTED, unless_stopped=True):
        if not batch.refused:  # else it is still to be had, with the errors marked, for as long as a preview waits
            batch.pieces.all().delete()
        counts = {"new": batch.new, "changed": batch.changed}
        audit.log(audit.Verb.IMPORTED, by=batch.by, kind=batch.sheet, **counts, file=batch.file_hash)
    elif Batch.objects.filter(pk=batch.pk, state=State.IMPORTING, stop=True).exists():
        _stopped(batch)


def _stopped(batch):
    _roll_back(batch, State.CANCELLED, [_("The import was cancelled, and what it had written was put back.")])


def _roll_back(batch, state, sentences):
    left = undoing.put_back(batch, batch.by)
    batch.move(State.IMPORTING, to=state, problems=[*sentences, *_that_stay(left)], stop=False)
    if state == State.CANCELLED:
        batch.pieces.all().delete()


def _that_stay(touched):
    sentence = _("Row %(row)s, “%(name)s” stays imported: %(why)s")
    return [sentence % {"row": each.row, "name": each.name, "why": each.sentence} for each in touched]


def finish_undo(batch, by):
    left = undoing.put_back(batch, by)
    batch.move(State.UNDOING, to=State.IMPORTED if left else State.UNDONE, problems=_that_stay(left))


@task()
@terms(name=gettext_lazy("Read a sheet"), attempts=3, pause=5, limit=240)
def look_later(pk):
    batch = Batch.objects.filter(pk=pk, state=State.READING).first()
    if batch:
        look(batch)


@task()
@terms(name=gettext_lazy("Import a sheet"), attempts=20, pause=5, limit=90)
def write_later(pk):
    batch = Batch.objects.filter(pk=pk, state=State.IMPORTING).first()
    if batch and not write(batch, seconds=SECONDS):
        write_later.enqueue(pk)


@task()
@terms(name=gettext_lazy("Undo the import of a sheet"), attempts=20, pause=5, limit=600)
def undo_later(pk, by=None):
    """``by``: the id of whoever undoes it, if it is somebody."""
    batch = Batch.objects.filter(pk=pk, state=State.UNDOING).first()
    if batch:
        finish_undo(batch, get_user_model().objects.filter(pk=by).first())
