"""How far the work on a sheet has come, and whether anybody is at it."""

from dataclasses import asdict, dataclass
from datetime import timedelta

from django.db.models import Q
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django_tasks_db.models import get_date_max

from apps.background.models import QueuedTask
from apps.spreadsheets.models import Batch
from apps.spreadsheets.undoing import rows_written

# So long a task may wait before we say that no worker seems to run, and so long a part of a sheet may take.
PATIENCE = timedelta(minutes=1)
State = Batch.State


@dataclass(frozen=True)
class Progress:
    """``done`` of ``rows`` (0: nobody knows yet how many there are), the same in ``words``, and ``warning``: a
    sentence if nobody is at work.
    """

    state: str
    done: int
    rows: int
    words: str
    warning: str = ""

    def as_json(self):
        return asdict(self)


def progress_of(batch):
    done, rows = _counts(batch)
    return Progress(batch.state, done, rows, _words(done, rows), _warning(batch) if batch.is_at_work else "")


def _counts(batch):
    if batch.state == State.READING:
        return batch.done, 0
    if batch.state == State.UNDOING:
        return max(batch.writes - rows_written(batch), 0), batch.writes
    return min(batch.done, batch.rows), batch.rows


def _words(done, rows):
    if rows:
        words = ngettext("%(done)s of %(rows)s row", "%(done)s of %(rows)s rows", rows)
        return words % {"done": grouped(done), "rows": grouped(rows)}
    if not done:
        return _("No row is read yet.")
    words = ngettext(
        "%(done)s row read so far. How many there are shows at the end.",
        "%(done)s rows read so far. How many there are shows at the end.",
        done,
    )
    return words % {"done": grouped(done)}


def grouped(number):
    """12,500"""
    return number_format(number, use_l10n=True, force_grouping=True)


def _warning(batch):
    if worker_is_away():
        return _(
            "Nothing has happened for a minute: the portal's worker does not seem to run. "
            "Tell whoever keeps the server."
        )
    if batch.moved_at < timezone.now() - PATIENCE and not tasks_of(batch).ready().exists():
        return _(
            "Nothing has happened for a minute: the worker may have been stopped. "
            "Another one goes on within five minutes; you need not stay here."
        )
    return ""


def tasks_of(batch):
    """A queryset of the tasks in the queue, whatever became of them, that work on ``batch``."""
    return QueuedTask.objects.filter(args_kwargs__args__0=str(batch.pk))


def worker_is_away():
    """Whether a task has waited for a while, and none is being worked on."""
    now = timezone.now()
    long_ready = Q(run_after=get_date_max()) | Q(run_after__lt=now - PATIENCE)
    waits = QueuedTask.objects.ready().filter(long_ready, enqueued_at__lt=now - PATIENCE).exists()
    at_work = any(task.started_at + task.lease > now for task in QueuedTask.objects.running())
    return not at_work and (waits or bool(QueuedTask.objects.abandoned(grace=PATIENCE.seconds)))
