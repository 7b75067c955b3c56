"""The page of a sheet in work says how far it is, and whether anybody is at it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from apps.background.models import QueuedTask
from apps.events.models import Event
from apps.spreadsheets import actions, jobs
from apps.spreadsheets.models import Batch
from apps.spreadsheets.progress import progress_of
from tests.background.conftest import queue
from tests.spreadsheets.sheets import bring

__all__ = ["queue"]
pytestmark = [pytest.mark.django_db, pytest.mark.database]

STANDS = (
    "Nothing has happened for a minute: the worker may have been stopped. "
    "Another one goes on within five minutes; you need not stay here."
)
AWAY = "Nothing has happened for a minute: the portal's worker does not seem to run. Tell whoever keeps the server."


def ago(seconds):
    return timezone.now() - timedelta(seconds=seconds)


@pytest.fixture(params=["reading", "importing", "undoing"])
def batch(queue, request):
    """In the hands of a worker for 100 seconds, of which the last 70 without a sign."""
    batch = bring(Event, {"slug": "bandung", "title_en": "Bandung"}, confirm=False)
    batch.move("ready", to=request.param)
    tasks = {"reading": jobs.look_later, "importing": jobs.write_later, "undoing": jobs.undo_later}
    tasks[request.param].enqueue(str(batch.pk))
    QueuedTask.objects.get().take("worker")
    QueuedTask.objects.update(enqueued_at=ago(110), started_at=ago(80))
    return moved(70)


def moved(seconds):
    Batch.objects.update(moved_at=ago(seconds))
    return Batch.objects.get()


def test_a_worker_that_gave_no_sign_for_a_minute_may_have_been_stopped(batch):
    assert progress_of(batch).warning == STANDS


def test_a_worker_that_does_one_part_after_the_other_is_at_it(batch):
    assert progress_of(moved(10)).warning == ""


def test_a_sheet_that_waits_behind_others_stands_still_for_a_good_reason(batch):
    other = QueuedTask.objects.get()
    jobs.write_later.enqueue(str(batch.pk))
    QueuedTask.objects.filter(pk=other.pk).update(args_kwargs={"args": ["another"], "kwargs": {}})
    assert progress_of(batch).warning == ""


def test_a_sheet_that_was_written_while_somebody_waited_and_nobody_is_at_now_says_so(batch):
    QueuedTask.objects.all().delete()
    assert progress_of(batch).warning == STANDS


def test_once_no_worker_came_it_is_for_whoever_keeps_the_server(batch):
    QueuedTask.objects.update(started_at=ago(400))
    assert progress_of(batch).warning == AWAY


def test_a_task_that_begins_is_a_sign(queue):
    batch = bring(Event, *[{"slug": f"event-{number}", "title_en": "x"} for number in range(4)], confirm=False)
    batch.move("ready", to="importing")
    moved(400)
    jobs._taken(str(batch.pk), "importing")
    assert progress_of(Batch.objects.get()).warning == ""


# --- Being read ------------------------------------------------------------------------------------------------------


def test_the_first_look_at_a_large_file_is_not_counted_for_the_worker_begins_anew(queue, monkeypatch):
    monkeypatch.setattr("apps.spreadsheets.staging.ROWS", 2)
    batch = bring(Event, *[{"slug": f"event-{number}", "title_en": "x"} for number in range(7)], most=4)
    assert (batch.done, progress_of(batch).words) == (0, "No row is read yet.")
    seen = []
    jobs.look(batch, progress=lambda done: seen.append(progress_of(Batch.objects.get()).words))
    assert seen == [f"{count} rows read so far. How many there are shows at the end." for count in (2, 4, 6, 7)]


# --- Being put back --------------------------------------------------------------------------------------------------


def test_what_is_cancelled_shows_how_many_rows_are_still_to_be_put_back(queue, monkeypatch):
    monkeypatch.setattr("apps.spreadsheets.staging.ROWS", 2)
    batch = bring(Event, *[{"slug": f"event-{number}", "title_en": "x"} for number in range(6)], confirm=False)
    actions.confirm(batch=batch, by=None, at_once=0)
    for _part in range(2):
        jobs.write(batch, seconds=1e-9)
    actions.cancel(batch)
    assert progress_of(Batch.objects.get()).words == "4 of 6 rows"
    jobs.write(batch, seconds=1e-9)
    assert progress_of(Batch.objects.get()).words == "2 of 6 rows"
