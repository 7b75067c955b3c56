"""Real workers, killed and stopped in the middle of what they do."""

import signal

import pytest
from django_tasks import TaskResultStatus as Status

from apps.background.models import QueuedTask
from apps.background.stopping import HEARD
from tests.background import tasks
from tests.background.conftest import until

pytestmark = pytest.mark.database


def only_task():
    return QueuedTask.objects.get()


def test_a_task_whose_worker_was_killed_is_done_by_another(start_worker, done):
    tasks.be_killed.enqueue(done.path, times=1)
    assert start_worker().wait(30) == -signal.SIGKILL
    assert only_task().status == Status.RUNNING
    start_worker()
    until(lambda: only_task().status == Status.SUCCESSFUL)
    assert done.lines == ["attempt 1", "attempt 2", "ended"]
    assert only_task().attempt == 2


def test_a_task_that_was_killed_at_its_last_attempt_fails_with_a_sentence(start_worker, done):
    tasks.be_killed.enqueue(done.path, times=2)
    for _attempt in range(2):
        assert start_worker().wait(30) == -signal.SIGKILL
    start_worker()
    until(lambda: only_task().status == Status.FAILED)
    assert done.lines == ["attempt 1", "attempt 2"]
    assert only_task().exception_class_path == "apps.background.failures.Abandoned"
    assert only_task().traceback == "The worker stopped in the middle of the task."


def test_two_workers_do_each_of_fifty_tasks_once(start_worker, done):
    for number in range(50):
        tasks.note.enqueue(done.path, number)
    workers = [start_worker("--once"), start_worker("--once")]
    assert [worker.wait(60) for worker in workers] == [0, 0]
    assert sorted(map(int, done.lines)) == list(range(50))
    assert {task.attempt for task in QueuedTask.objects.successful()} == {1}


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_worker_told_to_stop_finishes_the_task_in_hand_and_begins_no_other(start_worker, done, number):
    tasks.take_a_second.enqueue(done.path)
    tasks.take_a_second.enqueue(done.path)
    worker = start_worker()
    until(lambda: done.lines)
    worker.send_signal(number)
    assert worker.wait(30) == 0
    assert done.lines == ["begun", "ended"]
    assert sorted(QueuedTask.objects.values_list("status", flat=True)) == [Status.READY, Status.SUCCESSFUL]


def test_a_worker_told_twice_stops_at_once_and_gives_the_task_back(start_worker, done):
    tasks.take_a_minute.enqueue(done.path)
    worker = start_worker()
    until(lambda: done.lines)
    worker.terminate()
    until(lambda: worker.stderr.readline() == HEARD)
    worker.terminate()
    assert worker.wait(30) == 1
    assert done.lines == ["begun"]
    assert only_task().status == Status.READY


def test_a_task_over_its_time_is_broken_off_and_the_worker_goes_on(start_worker, done):
    tasks.take_too_long.enqueue(done.path)
    tasks.note.enqueue(done.path, "next")
    assert start_worker("--once").wait(30) == 0
    assert done.lines == ["begun", "next"]
    failed = QueuedTask.objects.failed().get()
    assert failed.exception_class_path == "apps.background.failures.TookTooLong"
    assert "time.sleep(60)" in failed.traceback


def test_code_that_no_exception_reaches_takes_its_worker_with_it_and_is_found_abandoned(start_worker, done):
    tasks.hang_and_hear_nothing.enqueue(done.path)
    worker = start_worker()
    assert worker.wait(30) == 1
    assert "hang_and_hear_nothing" in worker.stderr.read()
    start_worker()
    until(lambda: only_task().status == Status.FAILED)
    assert done.lines.count("begun") == 1
