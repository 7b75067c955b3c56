"""Several workers find the same plan due: it is done once, also after one of them was stopped in the middle."""

import threading

import pytest
import time_machine
from django.db import connection, transaction
from django.utils import timezone

from apps.publishing import actions, live
from apps.publishing.due import do_what_is_due
from apps.publishing.models import Edition, draft_of
from apps.topics.models import Topic
from tests.factories import TopicFactory

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database]
WORKERS = 4


@pytest.fixture
def planned():
    """Notes whose drafts are due by now."""
    notes = [TopicFactory(sections=1) for _number in range(3)]
    for note in notes:
        snapshot, _clashes = live.working_copy(note)
        snapshot["record"]["title_en"] = f"{note.title_en}, again"
        actions.keep(record=note, snapshot=snapshot, by=None)
        actions.publish(record=note, by=None, at=timezone.now() + timezone.timedelta(seconds=30))
    with time_machine.travel(timezone.now() + timezone.timedelta(minutes=1), tick=True):
        yield notes


def at_once(work):
    """Runs ``work`` in several threads at the same moment; returns what each returned or raised."""
    start, results = threading.Barrier(WORKERS), []

    def run():
        try:
            start.wait(10)
            results.append(work())
        except Exception as error:
            results.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _number in range(WORKERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return results


def test_what_is_due_is_done_once_whoever_else_tries(planned):
    before = {note.pk: Edition.objects.about(note).count() for note in planned}
    results = at_once(do_what_is_due)
    assert not [each for each in results if isinstance(each, Exception)]
    assert sorted(note.pk for done in results for note in done) == sorted(before)
    for note in planned:
        assert Topic.objects.get(pk=note.pk).title_en.endswith(", again")
        assert Edition.objects.about(note).count() == before[note.pk] + 1
        assert draft_of(note) is None


def test_a_worker_that_is_killed_in_the_middle_leaves_the_plan_to_the_next(planned):
    class Killed(BaseException):
        pass

    def killed_before_its_end():
        with transaction.atomic():
            do_what_is_due()
            raise Killed

    with pytest.raises(Killed):
        killed_before_its_end()
    assert all(draft_of(note) for note in planned)
    assert sorted(note.pk for note in do_what_is_due()) == sorted(note.pk for note in planned)
