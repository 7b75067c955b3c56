"""How far the work on a sheet has come, and whether anybody is at it."""

from dataclasses import asdict, dataclass
from datetime import timedelta

from django.db.models import Q, Sum
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django_tasks_db.models import get_date_max

from apps.background.models import QueuedTask
from apps.spreadsheets.models import Batch

# So long a task may wait before we say that no worker seems to run.
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
    return Progress(batch.state, done, rows, _words(done, rows), _warning() if batch.is_at_work else "")


def _counts(batch):
    if batch.state == State.READING:
        return batch.done, 0
    if batch.state == State.UNDOING:
        written = batch.parts.exclude(written_at=None).aggregate(rows=Sum("writes"))["rows"] or 0
        return max(batch.writes - written, 0), batch.writes
    return min(batch.done, batch.rows), batch.rows


def _words(done, rows):
    if rows:
        words = ngettext("%(done)s of %(rows)s row", "%(done)s of %(rows)s rows", rows)
        return words % {"done": grouped(done), "rows": grouped(rows)}
    return ngettext("%(done)s row read", "%(done)s rows read", done) % {"done": grouped(done)}


def grouped(number):
    """12,500"""
    return number_format(number, use_l10n=True, force_grouping=True)


def _warning():
    if not worker_is_away():
        return ""
    return _(
        "Nothing has happened for a minute: the portal's worker does not seem to run. Tell whoever keeps the server."
    )


def worker_is_away():
    """Whether a task has waited for a while, and none is being worked on."""
    now = timezone.now()
    long_ready = Q(run_after=get_date_max()) | Q(run_after__lt=now - PATIENCE)
    waits = QueuedTask.objects.ready().filter(long_ready, enqueued_at__lt=now - PATIENCE).exists()
    at_work = any(task.started_at + task.lease > now for task in QueuedTask.objects.running())
    return not at_work and (waits or bool(QueuedTask.objects.abandoned(grace=PATIENCE.seconds)))
