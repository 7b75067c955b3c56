"""The loop behind ``manage.py work``."""

import logging
import os
import socket
import time
from contextlib import suppress
from functools import partial

from django.conf import settings
from django.db import Error, reset_queries
from django.utils.crypto import get_random_string
from django.utils.translation import override
from django_tasks import TaskContext, TaskResultStatus
from django_tasks.signals import task_finished, task_started

from apps.background.duties import Duties
from apps.background.limits import time_limit
from apps.background.models import QueuedTask
from apps.background.patience import insist
from apps.background.stopping import Stop

logger = logging.getLogger(__name__)


class Worker:
    """One process that does one thing at a time: a task, then the duties whose time has come, then the next task.

    Any number may run, on any number of machines whose clocks agree within the grace.
    """

    def __init__(self, *, poll=1, grace=30, reap_every=10):
        """Seconds: between two looks into an empty queue; after its limit until a task counts as abandoned; between
        two looks for abandoned ones.
        """
        self.poll, self.grace, self.reap_every = poll, grace, reap_every
        self.name = f"{socket.gethostname()[:40]}:{os.getpid()}:{get_random_string(8)}"
        self.stop = Stop()
        self.duties = Duties(grace=grace)
        self.next_reaping = 0

    def run(self, *, once=False):
        """Until told to stop; ``once``: until the queue is empty."""
        logger.info("Worker %s starts.", self.name)
        while not self.stop.asked:
            task = insist(self.next_task, self.stop)
            if task is not None:
                self.attempt(task)
            if not self.stop.asked:
                self.duties.run_due()
            if task is None and once:
                break
            if task is None:
                self.stop.rest(self.poll)
        logger.info("Worker %s stops.", self.name)

    def next_task(self):
        if self.next_reaping <= time.monotonic():
            self.reap()
            self.next_reaping = time.monotonic() + self.reap_every
        return QueuedTask.objects.claim_next(self.name)

    def reap(self):
        for task in QueuedTask.objects.abandoned(grace=self.grace):
            if task.give_back():
                logger.warning(
                    "Task %s %s was left in the middle, attempt %s of %s, by worker %s. It is %s now.",
                    task.task_path, task.pk, task.attempt, task.terms.attempts, task.worker_ids[-1], task.status,
                )  # fmt: skip

    def attempt(self, task):
        """Runs the task and writes down how it ended, however long the database takes to hear it."""
        try:
            value = self.perform(task)
            insist(partial(task.succeed, value), self.stop)
            self.tell(task)
        except KeyboardInterrupt:
            with suppress(Error):  # else it is found abandoned
                task.give_back()
            raise
        except BaseException as error:
            insist(partial(task.fail, error), self.stop)
            self.tell(task)
        finally:
            reset_queries()

    def perform(self, task):
        # The next task must not inherit a language that this one activated.
        with time_limit(task.terms.limit, grace=self.grace), override(settings.LANGUAGE_CODE):
            declared, result = task.task, task.task_result
            task_started.send(sender=type(declared.get_backend()), task_result=result)
            context = [TaskContext(task_result=result)] if declared.takes_context else []
            return declared.call(*context, *result.args, **result.kwargs)

    def tell(self, task):
        """The log, and whoever listens to django-tasks' signals: those take a task whose code can be imported.

        Tracebacks as the row has them: no log can write half a surrogate pair either.
        """
        if task.status == TaskResultStatus.RUNNING:
            logger.warning("Task %s %s came to its end when it was no longer ours.", task.task_path, task.pk)
        elif task.status == TaskResultStatus.READY:
            logger.warning(
                "Task %s %s failed, attempt %s of %s. Again at %s.\n%s",
                task.task_path, task.pk, task.attempt, task.terms.attempts, task.run_after, task.traceback,
            )  # fmt: skip
        elif _is_known(task):
            task_finished.send_robust(sender=type(task.task.get_backend()), task_result=task.task_result)
        else:
            logger.error("Task %s %s failed for good.\n%s", task.task_path, task.pk, task.traceback)


def _is_known(task):
    try:
        return bool(task.task)
    except Exception:
        return False
