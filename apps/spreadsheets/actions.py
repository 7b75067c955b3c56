"""What happens to a sheet that came in: it is received, confirmed, cancelled, undone. Who may is asked before."""

from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django_tasks import TaskResultStatus

from apps import audit
from apps.spreadsheets import jobs, undoing
from apps.spreadsheets.models import Batch, FilePiece, fingerprint
from apps.spreadsheets.progress import grouped, tasks_of
from apps.spreadsheets.refusals import Refused
from apps.spreadsheets.rights import bringing_of
from apps.spreadsheets.staging import ROWS_AT_ONCE, TooManyAtOnce

State = Batch.State
# Of the records that keep an import from being undone.
MOST_NAMED = 50
ENDED = (TaskResultStatus.SUCCESSFUL, TaskResultStatus.FAILED)
# To whoever pressed a button twice, or on a page that stood open for long.
TOO_LATE = gettext_lazy("That can't be done any more. This page shows how the sheet stands now.")


def receive(*, data, file_name, file_kind, sheet, by, language, most=ROWS_AT_ONCE, progress=None):
    """The :class:`Batch` of a file (``data``, bytes): read at once, or by the worker if it has more than ``most`` rows.

    ``sheet``: the name of a kind of sheet (apps/spreadsheets/kinds.py). ``progress``: called with the rows that are
    done.
    """
    batch = Batch.objects.create(
        sheet=sheet,
        by=by,
        file_name=file_name[-250:],
        file_kind=file_kind,
        file_hash=fingerprint(data),
        language=language,
    )
    batch.keep_file(data)
    try:
        jobs.look(batch, most=most, progress=progress)
    except TooManyAtOnce:
        jobs.look_later.enqueue(str(batch.pk))
    return batch


def look_again(batch):
    """After a record changed: what the file would do now."""
    if batch.has_file and batch.move(State.FAILED, to=State.READING, stop=False):
        try:
            jobs.look(batch, most=ROWS_AT_ONCE)
        except TooManyAtOnce:
            jobs.look_later.enqueue(str(batch.pk))


def confirm(*, batch, by, good_rows=False, at_once=None, progress=None):
    """Writes what was previewed, once; :class:`Refused` says why not. Only whoever brought a sheet confirms it."""
    if batch.by_id != (by and by.pk):
        raise PermissionDenied
    if batch.problems or (batch.refused and not good_rows):
        raise Refused(_("Rows of this sheet are refused, so nothing of it is imported."))
    _ask_again(batch)
    if not batch.writes:
        raise Refused(_("Every row says what the records say already: there is nothing to import."))
    if batch.is_too_old or not batch.move(
        State.READY, to=State.IMPORTING, good_rows=good_rows, done=0, rows=batch.writes
    ):
        raise Refused(_("This preview is no longer valid. Choose the file again."))
    if batch.writes <= (_rows_at_once(batch) if at_once is None else at_once):
        jobs.write(batch, progress=progress)
    else:
        jobs.write_later.enqueue(str(batch.pk))


def _rows_at_once(batch):
    """How many rows are written while somebody waits. A draft is written alone, which takes some ten times as long."""
    direct = bringing_of(batch.by, batch.sheet).everything
    return ROWS_AT_ONCE if direct else ROWS_AT_ONCE // 10


def _ask_again(batch):
    """The rights that counted at the preview may be gone."""
    bringing = bringing_of(batch.by, batch.sheet)
    if not bringing:
        raise PermissionDenied
    if batch.new and not bringing.everything:
        raise PermissionDenied
    if forbidden := _forbidden(batch, bringing):
        raise Refused(_("You may not change the column “%(column)s”.") % {"column": forbidden[0]})


def _forbidden(batch, bringing):
    """The names of the columns that the batch changes, and whoever brings it may not."""
    return [name for label, name in batch.columns if not bringing.may_write(apps.get_model(label), name)]


def cancel(batch):
    """A preview is forgotten; what is being imported stops after the part in hand and is put back. :class:`Refused`:
    it has ended meanwhile.
    """
    if not batch.forget() and not Batch.objects.filter(pk=batch.pk, state=State.IMPORTING).update(stop=True):
        raise Refused(TOO_LATE)


def may_undo(batch, by):
    """Whether ``by`` may put back now what it wrote: with every right, or of one's own what one might bring again."""
    bringing = bringing_of(by, batch.sheet)
    if bringing.everything or not bringing:
        return bringing.everything
    return batch.by_id == by.pk and not batch.new and not _forbidden(batch, bringing) and batch.is_of_drafts


class Moved(Refused):
    """An undoing that is refused because something else has touched records of the batch: ``touched``, all of them."""

    def __init__(self, touched):
        self.touched = touched
        each_row = _("Row %(row)s, “%(name)s”: %(why)s")
        sentences = [
            each_row % {"row": each.row, "name": each.name, "why": each.sentence} for each in touched[:MOST_NAMED]
        ]
        if more := len(touched[MOST_NAMED:]):
            sentences.append(ngettext("And %(count)s more.", "And %(count)s more.", more) % {"count": grouped(more)})
        super().__init__(_("Something else has touched records of this sheet since. Nothing was undone."), *sentences)


def undo(*, batch, by, at_once=None):
    """Puts back what the batch wrote; :class:`Moved` if something else has touched its records since."""
    if touched := undoing.touched(batch):
        raise Moved(touched)
    if not batch.move(State.IMPORTED, to=State.UNDOING, done=0):
        raise Refused(_("Only what was imported can be undone, and only once."))
    audit.log(audit.Verb.UNDONE, by=by, kind=batch.sheet, file=batch.file_hash)
    if batch.writes <= (_rows_at_once(batch) if at_once is None else at_once):
        jobs.finish_undo(batch, by)
    else:
        jobs.undo_later.enqueue(str(batch.pk), by and str(by.pk))


def forget_old():
    """Previews that nobody confirmed in time go, with their files; returns how many. What is being read or written
    and has not moved for long is taken up by the worker: the process that did it while somebody waited was stopped.
    """
    forgotten = list(Batch.objects.forgotten())
    for batch in forgotten:
        batch.forget()
    FilePiece.objects.too_old().delete()
    for batch in Batch.objects.standing_still():
        if not tasks_of(batch).exclude(status__in=ENDED).exists() and batch.move(batch.state, to=batch.state):
            go_on = {
                State.READING: jobs.look_later,
                State.IMPORTING: jobs.write_later,
                State.UNDOING: jobs.undo_later,
            }
            go_on[batch.state].enqueue(str(batch.pk))
    return len(forgotten)
