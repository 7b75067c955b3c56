"""Attempts, pauses and claims."""

from datetime import timedelta

import pytest
import time_machine
from django.db import transaction
from django.utils import timezone
from django_tasks import TaskResultStatus as Status

from apps.background.models import QueuedTask
from apps.background.terms import Terms
from tests.background import tasks

pytestmark = [pytest.mark.django_db, pytest.mark.database, pytest.mark.usefixtures("queue")]


def only_task():
    return QueuedTask.objects.get()


def test_a_task_is_in_the_queue_only_if_its_transaction_is_kept(done):
    with transaction.atomic():
        tasks.note.enqueue(done.path, "never")
        transaction.set_rollback(True)
    assert not QueuedTask.objects.exists()


def test_a_task_that_fails_twice_succeeds_the_third_time(work_off, done):
    tasks.fail_twice.enqueue(done.path)
    work_off()
    assert done.lines == ["attempt 1", "attempt 2", "attempt 3"]
    assert only_task().status == Status.SUCCESSFUL
    assert only_task().traceback == ""


def test_a_task_that_always_fails_stays_failed_with_its_error_after_its_attempts(work_off, done, caplog):
    tasks.fail.enqueue(done.path)
    tasks.note.enqueue(done.path, "next")
    work_off()
    assert done.lines.count("tried") == 3
    assert "next" in done.lines
    failed = QueuedTask.objects.failed().get()
    assert failed.exception_class_path == "builtins.ValueError"
    assert "ValueError: Never." in failed.traceback
    assert failed.finished_at
    assert "ValueError: Never." in caplog.text


def test_a_failed_task_waits_before_it_is_tried_again(work_off):
    with time_machine.travel(timezone.now(), tick=False):
        tasks.fail_slowly.enqueue()
        work_off()
        assert only_task().status == Status.READY
        assert only_task().run_after == timezone.now() + timedelta(seconds=40)
        work_off()
        assert only_task().attempt == 1


def test_the_pauses_grow():
    ordinary = Terms(pause=30)
    assert [ordinary.pause_after(attempt).total_seconds() for attempt in (1, 2, 3, 4)] == [30, 90, 270, 810]


def test_an_error_that_quotes_what_no_database_holds_is_kept_readable(work_off):
    tasks.say_what_no_database_holds.enqueue()
    work_off()
    assert "NUL ? and half a pair ?" in only_task().traceback


def test_a_task_whose_code_is_not_here_yet_waits_for_the_release_that_has_it(work_off):
    tasks.fail_slowly.enqueue()
    QueuedTask.objects.update(task_path="apps.background.not_yet.here")
    work_off()
    assert only_task().status == Status.READY
    assert "ModuleNotFoundError" in only_task().traceback


def test_a_task_within_its_lease_is_nobody_elses(done):
    tasks.note.enqueue(done.path, "mine")
    task = QueuedTask.objects.claim_next("one")
    assert QueuedTask.objects.claim_next("another") is None
    assert QueuedTask.objects.abandoned(grace=0) == []
    with time_machine.travel(timezone.now() + task.lease + timedelta(seconds=1)):
        assert QueuedTask.objects.abandoned(grace=0) == [task]


def test_a_worker_that_slept_through_its_lease_does_not_write_over_the_next_ones_claim(done):
    tasks.note.enqueue(done.path, "late")
    slept = QueuedTask.objects.claim_next("slept")
    only_task().give_back()
    QueuedTask.objects.claim_next("next")
    assert not slept.succeed(None)
    assert not slept.fail(ValueError())
    assert only_task().status == Status.RUNNING
    assert only_task().worker_ids == ["slept", "next"]


def test_looking_into_an_empty_queue_is_one_query(django_assert_num_queries):
    with django_assert_num_queries(1):
        assert QueuedTask.objects.claim_next("idle") is None
