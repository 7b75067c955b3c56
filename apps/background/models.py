"""The queue as our worker writes it.

The table is django-tasks-db's. Its own worker leaves a task that it was killed with RUNNING for ever, and never tries
one again; so every change of state is here. A claim is a lease: it ends with the task's time limit (and a grace), which
the worker keeps by breaking the task off. Whoever finds a lease that is over may therefore take the task back, on any
machine, and no worker has to say every few seconds that it is alive.
"""

from datetime import timedelta
from traceback import format_exception

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_tasks import TaskResultStatus as Status
from django_tasks.utils import normalize_json
from django_tasks_db.models import DBTaskResult, DBTaskResultQuerySet, get_date_max

from apps.background.failures import Abandoned
from apps.background.terms import terms_of


class QueuedTaskQuerySet(DBTaskResultQuerySet):
    def claim_next(self, worker):
        """The next task, now ``worker``'s alone, or ``None``. Reads only while there is nothing to do."""
        while (task := self.ready().first()) is not None:
            if task.take(worker):
                return task
        return None

    def abandoned(self, *, grace):
        """A list of those whose lease ended more than ``grace`` seconds ago."""
        now, patience = timezone.now(), timedelta(seconds=grace)
        claimed = self.running().filter(started_at__lt=now - patience)
        return [task for task in claimed if task.started_at + task.lease + patience < now]

    def try_again(self):
        """The failed ones among these start anew, with all their attempts; answers how many."""
        return self.failed().update(
            status=Status.READY, run_after=get_date_max(), worker_ids=[], finished_at=None, exception_class_path="",
            traceback="",
        )  # fmt: skip


class QueuedTask(DBTaskResult):
    """A piece of work that nobody waits for at a screen, from asking for it to two weeks after its end."""

    objects = QueuedTaskQuerySet.as_manager()

    class Meta:
        proxy = True
        verbose_name = _("task")
        verbose_name_plural = _("tasks")
        default_permissions = ("view", "change")

    def __str__(self):
        return str(self.terms.name) or self.task_path.rpartition(".")[2]

    @property
    def attempt(self):
        return len(self.worker_ids)

    @property
    def terms(self):
        return terms_of(self)

    @property
    def lease(self):
        return timedelta(seconds=self.terms.limit)

    def take(self, worker):
        """Whether the task is ours now. One statement decides, so two workers can't both get yes."""
        return self._move(status=Status.RUNNING, started_at=timezone.now(), worker_ids=[*self.worker_ids, worker])

    def succeed(self, value):
        return self._move(
            status=Status.SUCCESSFUL,
            finished_at=timezone.now(),
            return_value=normalize_json(value),
            exception_class_path="",
            traceback="",
        )

    def fail(self, error):
        """Back into the queue after a pause, with what happened; for good after the last attempt."""
        return self._end_attempt(type(error), _storable("".join(format_exception(error))), self._next_time())

    def give_back(self):
        """Back into the queue at once: its worker is gone, or is told to stop now."""
        return self._end_attempt(Abandoned, "The worker stopped in the middle of the task.", get_date_max())

    def _next_time(self):
        return timezone.now() + self.terms.pause_after(self.attempt)

    def _end_attempt(self, kind, text, next_time):
        happened = {"exception_class_path": f"{kind.__module__}.{kind.__qualname__}", "traceback": text}
        if self.attempt < self.terms.attempts:
            return self._move(status=Status.READY, run_after=next_time, **happened)
        return self._move(status=Status.FAILED, finished_at=timezone.now(), return_value=None, **happened)

    def _move(self, **values):
        """Writes ``values`` if the row still is what we know; whether it was. A claim's time is its token: a worker
        that slept through its lease (a laptop's lid) must not write over the next one's claim.
        """
        known = QueuedTask.objects.filter(pk=self.pk, status=self.status, started_at=self.started_at)
        if not known.update(**values):
            return False
        for name, value in values.items():
            setattr(self, name, value)
        return True


def _storable(text):
    """PostgreSQL holds neither NUL nor half a surrogate pair, and an error's message may quote either."""
    return text.encode("utf-8", "replace").decode().replace("\0", "?")
