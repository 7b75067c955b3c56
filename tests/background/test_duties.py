"""The periodic commands."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from django_tasks import TaskResultStatus as Status

from apps.background.duties import Duties
from apps.background.models import QueuedTask
from sscportal import settings as portal
from tests.background import tasks

pytestmark = [pytest.mark.django_db, pytest.mark.database]
SHOWN = "0001_queued_task"  # what showmigrations prints


def test_a_duty_that_fails_is_logged_with_its_traceback_and_stops_neither_the_others_nor_the_worker(
    work_off, settings, caplog, capsys
):
    settings.PERIODIC_COMMANDS = {"loaddata": 60, "showmigrations": 60}  # the first needs a file
    work_off()
    assert "The periodic command loaddata failed" in caplog.text
    assert "Traceback" in caplog.text
    assert SHOWN in capsys.readouterr().out


def test_a_duty_is_done_at_once_and_then_not_before_its_time(settings, capsys):
    settings.PERIODIC_COMMANDS = {"showmigrations": 3600}
    duties = Duties(grace=30)
    duties.run_due()
    duties.run_due()
    assert capsys.readouterr().out.count(SHOWN) == 1


@pytest.mark.parametrize("commands", [{"publish_deu": 60}, {"check": 0}])
def test_a_misspelt_duty_or_one_without_a_pause_is_found_by_the_checks(settings, commands):
    settings.PERIODIC_COMMANDS = commands
    with pytest.raises(CommandError, match=f"PERIODIC_COMMANDS names '{next(iter(commands))}'"):
        call_command("check")


def test_tasks_that_ended_two_weeks_ago_are_pruned_by_the_worker(work_off, done, settings):
    settings.PERIODIC_COMMANDS = portal.PERIODIC_COMMANDS
    for word in ("old", "new"):
        tasks.note.enqueue(done.path, word)
    work_off()
    old = QueuedTask.objects.first()
    QueuedTask.objects.filter(pk=old.pk).update(finished_at=timezone.now() - timedelta(days=15))
    work_off()
    assert QueuedTask.objects.exclude(pk=old.pk).get().status == Status.SUCCESSFUL
    assert not QueuedTask.objects.filter(pk=old.pk).exists()
