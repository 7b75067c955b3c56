"""Sheets of many rows are read, written and put back by the worker, whatever happens to it."""

import os
import signal
import subprocess
import sys
from urllib.parse import quote

import pytest
from django.conf import settings as portal
from django.core.management import call_command
from django.db import OperationalError, connection
from django.utils import timezone, translation
from reversion.models import Version

from apps.background.models import QueuedTask
from apps.events.models import Event
from apps.spreadsheets import actions, applying, jobs, undoing
from apps.spreadsheets.models import PATIENCE, STANDSTILL, Batch, BatchPart, FilePiece
from apps.spreadsheets.progress import PATIENCE as PATIENCE_OF_THE_PAGE
from apps.spreadsheets.refusals import Refused
from tests.background.conftest import QUEUE, queue, work_off
from tests.factories import EventFactory
from tests.spreadsheets.sheets import bring, counts, sheet_of

__all__ = ["queue", "work_off"]
pytestmark = [pytest.mark.django_db, pytest.mark.database]

# What a process of its own does; it is killed when the first part is written, or in the middle of the second.
KILLED_BETWEEN = """
import os, signal, django
django.setup()
from apps.spreadsheets import jobs
from apps.spreadsheets.models import Batch
jobs.write(Batch.objects.get(), progress=lambda done, of: os.kill(os.getpid(), signal.SIGKILL))
"""
KILLED_WITHIN = """
import os, signal, django
django.setup()
from reversion.models import Revision
from reversion.signals import post_revision_commit
from apps.spreadsheets import jobs
from apps.spreadsheets.models import Batch
def kill(**kwargs):
    if Revision.objects.filter(comment="Imported from a sheet.").count() == 2:
        os.kill(os.getpid(), signal.SIGKILL)
post_revision_commit.connect(kill)
jobs.write(Batch.objects.get())
"""
# The same while it is put back: cancelled, as it met a conflict, or undone.
PUT_BACK_KILLED_BETWEEN = """
import os, signal, django
django.setup()
from apps.spreadsheets import jobs, undoing
from apps.spreadsheets.models import Batch
put_back = undoing._put_back
def put_back_and_kill(*given):
    put_back(*given)
    os.kill(os.getpid(), signal.SIGKILL)
undoing._put_back = put_back_and_kill
batch = Batch.objects.get()
jobs.finish_undo(batch, None) if batch.state == "undoing" else jobs.write(batch)
"""
PUT_BACK_KILLED_WITHIN = """
import os, signal, django
django.setup()
from reversion.models import Revision
from reversion.signals import post_revision_commit
from apps.spreadsheets import jobs
from apps.spreadsheets.models import Batch
def kill(**kwargs):
    if Revision.objects.filter(comment="An import from a sheet was undone.").count() == 2:
        os.kill(os.getpid(), signal.SIGKILL)
post_revision_commit.connect(kill)
batch = Batch.objects.get()
jobs.finish_undo(batch, None) if batch.state == "undoing" else jobs.write(batch)
"""


@pytest.fixture(autouse=True)
def _small_parts(monkeypatch):
    monkeypatch.setattr("apps.spreadsheets.staging.ROWS", 2)


def rows(count):
    """Of each two one changes a record and one makes one."""
    for number in range(0, count, 2):
        EventFactory(slug=f"event-{number}", title_en="Old", title_hi="पुराना")
    return [{"slug": f"event-{number}", "title_en": "New"} for number in range(count)]


def confirmed(count):
    """A batch that waits for the worker to write it."""
    batch = bring(Event, *rows(count), confirm=False)
    actions.confirm(batch=batch, by=None, at_once=0)
    batch.refresh_from_db()
    return batch


def written_once(count):
    titles = list(Event.objects.values_list("title_en", flat=True))
    versions = Version.objects.filter(revision__comment="Imported from a sheet.")
    return titles == ["New"] * count and versions.count() == len(set(versions.values_list("object_id"))) == count


# --- What is left to the worker --------------------------------------------------------------------------------------


def test_a_large_sheet_is_read_by_the_worker(work_off):
    batch = bring(Event, *rows(5), most=4)
    assert (batch.state, batch.is_at_work) == ("reading", True)
    work_off()
    batch.refresh_from_db()
    assert (batch.state, counts(batch)) == ("ready", (2, 3, 0, 0))


def test_a_sheet_of_fewer_rows_is_read_at_once(queue):
    assert bring(Event, *rows(4), most=4, confirm=False).state == "ready"
    assert not QueuedTask.objects.exists()


def test_many_rows_are_written_by_the_worker(work_off):
    batch = confirmed(5)
    assert (batch.state, batch.percent) == ("importing", 0)
    work_off()
    batch.refresh_from_db()
    assert (batch.state, batch.percent) == ("imported", 100)
    assert written_once(5)
    assert not FilePiece.objects.exists()


def test_the_worker_writes_for_some_seconds_and_then_lets_others_in(work_off, monkeypatch):
    monkeypatch.setattr(jobs, "SECONDS", 1e-9)
    batch = confirmed(5)
    work_off()
    batch.refresh_from_db()
    assert batch.state == "imported"
    assert written_once(5)
    assert QueuedTask.objects.count() > 2


def test_progress_can_be_read_while_the_worker_is_at_it(queue):
    batch = confirmed(6)
    seen = []

    def look(done, of):
        there = Batch.objects.get()
        seen.append((there.done, there.rows, there.percent, there.is_at_work))

    jobs.write(batch, progress=look)
    assert seen == [(2, 6, 33, True), (4, 6, 66, True), (6, 6, 100, True)]


def test_many_rows_are_undone_by_the_worker(work_off, django_user_model):
    before = [row | {"title_en": "Old"} for row in sheet_of(Event)]
    batch = confirmed(5)
    work_off()
    batch.refresh_from_db()
    actions.undo(batch=batch, by=None, at_once=0)
    batch.refresh_from_db()
    assert batch.state == "undoing"
    work_off()
    batch.refresh_from_db()
    assert (batch.state, batch.done) == ("undone", 5)
    assert list(Event.objects.values_list("title_en", flat=True)) == ["Old"] * 3
    assert before == []


def test_who_undid_it_is_told_also_by_the_worker(work_off, django_user_model):
    mira = django_user_model.objects.create_superuser("mira")
    batch = confirmed(2)
    work_off()
    batch.refresh_from_db()
    actions.undo(batch=batch, by=mira, at_once=0)
    work_off()
    assert Version.objects.filter(revision__comment__contains="undone", revision__user=mira).exists()


@pytest.mark.parametrize("act", ["undone", "cancelled"])
def test_the_worker_puts_back_for_some_seconds_and_then_lets_others_in(work_off, monkeypatch, act):
    monkeypatch.setattr(jobs, "SECONDS", 1e-9)
    batch = confirmed(6)
    if act == "cancelled":
        for _part in range(3):
            jobs.write(batch, seconds=jobs.SECONDS)
        actions.cancel(batch)
    else:
        work_off()
        batch.refresh_from_db()
        actions.undo(batch=batch, by=None, at_once=0)
    before = QueuedTask.objects.count()
    work_off()
    batch.refresh_from_db()
    assert batch.state == act
    assert list(Event.objects.values_list("title_en", flat=True)) == ["Old"] * 3
    assert QueuedTask.objects.count() >= before + 2


def test_whoever_undoes_it_is_known_to_the_last_part(work_off, monkeypatch, django_user_model):
    mira = django_user_model.objects.create_superuser("mira")
    monkeypatch.setattr(jobs, "SECONDS", 1e-9)
    batch = confirmed(6)
    work_off()
    batch.refresh_from_db()
    actions.undo(batch=batch, by=mira, at_once=0)
    work_off()
    undone = Version.objects.filter(revision__comment__contains="undone")
    assert set(undone.values_list("revision__user", flat=True)) == {mira.pk}


@pytest.mark.parametrize("task", [jobs.write_later, jobs.undo_later], ids=["write", "undo"])
def test_a_killed_worker_has_a_successor_soon_as_no_lease_is_long(task):
    assert jobs.SECONDS < task.func.terms.limit <= 90


def test_every_part_that_is_put_back_is_a_sign_of_life(work_off):
    batch = confirmed(2)
    work_off()
    batch.refresh_from_db()
    actions.undo(batch=batch, by=None, at_once=0)
    Batch.objects.update(moved_at=timezone.now() - STANDSTILL)
    undoing.put_back(batch, None)
    assert Batch.objects.get().moved_at > timezone.now() - PATIENCE_OF_THE_PAGE


def test_a_task_that_comes_twice_does_it_once(queue):
    batch = confirmed(4)
    for _time in range(2):
        jobs.write_later.call(str(batch.pk))
    assert written_once(4)


@pytest.mark.parametrize("task", [jobs.look_later, jobs.write_later], ids=["read", "write"])
def test_a_batch_that_is_no_more_is_no_error(task):
    task.call("00000000-0000-0000-0000-000000000000")


# --- Cancelled -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("written", [4, 6], ids=["between two parts", "in the last part"])
def test_what_is_cancelled_while_it_is_written_is_put_back(queue, written):
    batch, before = confirmed(6), sheet_of(Event)
    jobs.write(batch, progress=lambda done, of: actions.cancel(batch) if done == written else None)
    batch.refresh_from_db()
    assert batch.state == "cancelled"
    assert batch.problems == ["The import was cancelled, and what it had written was put back."]
    assert sheet_of(Event) == before
    assert not FilePiece.objects.exists()


def test_what_is_cancelled_before_the_worker_comes_is_never_written(work_off):
    batch, before = confirmed(4), sheet_of(Event)
    actions.cancel(batch)
    work_off()
    batch.refresh_from_db()
    assert (batch.state, sheet_of(Event)) == ("cancelled", before)


def test_what_is_cancelled_is_said_in_the_language_of_whoever_brought_it(work_off):
    batch = confirmed(4)
    Batch.objects.update(language="hi")
    jobs.write(Batch.objects.get(), progress=lambda done, of: actions.cancel(batch) if done == 2 else None)
    with translation.override("hi"):
        assert Batch.objects.get().problems == [
            translation.gettext("The import was cancelled, and what it had written was put back.")
        ]


def test_what_meets_a_conflict_and_is_cancelled_while_it_is_put_back_says_what_was_in_the_way(queue, monkeypatch):
    batch, put_back = confirmed(6), undoing.put_back
    Event.objects.get(slug="event-4").save()

    def cancelled_meanwhile(*given):
        actions.cancel(batch)
        return put_back(*given)

    monkeypatch.setattr(undoing, "put_back", cancelled_meanwhile)
    jobs.write(batch)
    batch.refresh_from_db()
    assert (batch.state, batch.stop, len(batch.problems)) == ("failed", False, 1)


def test_what_another_worker_has_read_meanwhile_stays(queue, monkeypatch):
    batch, stage = bring(Event, *rows(5), most=4), jobs.stage

    def slowly(*args, **options):
        monkeypatch.setattr(jobs, "stage", stage)
        jobs.look(Batch.objects.get())

    monkeypatch.setattr(jobs, "stage", slowly)
    jobs.look(batch)
    assert (Batch.objects.get().state, BatchPart.objects.count()) == ("ready", 3)


def test_what_has_ended_meanwhile_can_not_be_cancelled(queue):
    batch = confirmed(6)
    seen = Batch.objects.get()
    jobs.write(batch)
    with pytest.raises(Refused, match="can't be done any more"):
        actions.cancel(seen)
    assert not Batch.objects.get().stop


def test_what_somebody_changed_meanwhile_stays_when_the_import_is_cancelled(queue):
    batch = confirmed(6)

    def touch_and_cancel(done, of):
        if done == 4:
            Event.objects.get(slug="event-0").save()
            actions.cancel(batch)

    jobs.write(batch, progress=touch_and_cancel)
    batch.refresh_from_db()
    assert batch.problems == [
        "The import was cancelled.",
        "2 rows stay imported, because of what something else has touched since:",
        "Row 2, “New” stays imported: It was changed since.",
    ]
    assert Event.objects.filter(title_en="New").count() == 2
    # Nothing of it is forgotten: once that is put right, it can be undone.
    assert (batch.state, FilePiece.objects.count()) == ("imported", 0)
    assert [each.row for each in undoing.touched(batch)] == [2]


def test_a_preview_is_cancelled_before_the_worker_reads_it(work_off):
    batch = bring(Event, *rows(5), most=4)
    actions.cancel(batch)
    work_off()
    batch.refresh_from_db()
    assert (batch.state, BatchPart.objects.count(), FilePiece.objects.count()) == ("cancelled", 0, 0)


def test_an_error_of_the_portal_while_a_sheet_is_read_is_said_and_leaves_nothing_behind(monkeypatch):
    monkeypatch.setattr(jobs, "stage", lambda *args, **options: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        bring(Event, *rows(2))
    batch = Batch.objects.get()
    assert (batch.state, FilePiece.objects.count()) == ("cancelled", 0)
    assert batch.problems == [
        "An error of the portal kept the sheet from being read. Nothing was imported. It is logged."
    ]


def test_a_database_that_is_busy_while_the_worker_reads_is_asked_again(monkeypatch, work_off):
    batch, stage, attempts = bring(Event, *rows(5), most=4), jobs.stage, []

    def busy_at_first(*args, **options):
        attempts.append(1)
        if len(attempts) == 1:
            raise OperationalError("database is locked")
        return stage(*args, **options)

    monkeypatch.setattr(jobs, "stage", busy_at_first)
    work_off()
    QueuedTask.objects.update(run_after=timezone.now())
    work_off()
    batch.refresh_from_db()
    assert (batch.state, len(attempts)) == ("ready", 2)


# --- Killed ----------------------------------------------------------------------------------------------------------


def run_and_be_killed(script):
    """A real process on the same database, until it kills itself."""
    server = connection.settings_dict
    address = f"sqlite:///{server['NAME']}"
    if connection.vendor != "sqlite":
        account = ":".join(quote(server[part], safe="") for part in ("USER", "PASSWORD") if server[part])
        address = f"postgres://{account}@{server['HOST']}:{server['PORT']}/{server['NAME']}"
    environment = {
        "PATH": os.environ["PATH"], "SECRET_KEY": portal.SECRET_KEY, "DATABASE_URL": address,
        "DJANGO_SETTINGS_MODULE": "tests.background.worker_settings",
    }  # fmt: skip
    done = subprocess.run([sys.executable, "-c", script], cwd=portal.BASE_DIR, env=environment, check=False, timeout=60)
    assert done.returncode == -signal.SIGKILL


@pytest.fixture
def killed(transactional_db, settings):
    """``killed(script)``: a batch of six rows of which the process, killed, has written two."""
    settings.TASKS = QUEUE
    settings.PERIODIC_COMMANDS = {}

    def run(script):
        batch = confirmed(6)
        run_and_be_killed(script)
        batch.refresh_from_db()
        assert (batch.state, batch.parts.exclude(written_at=None).count()) == ("importing", 1)
        assert Event.objects.filter(title_en="New").count() == 2
        return batch

    return run


@pytest.mark.parametrize("script", [KILLED_BETWEEN, KILLED_WITHIN], ids=["between two parts", "within a part"])
def test_after_a_kill_the_next_worker_goes_on_and_every_row_is_written_once(killed, script):
    batch = killed(script)
    jobs.write_later.call(str(batch.pk))
    batch.refresh_from_db()
    assert (batch.state, batch.done) == ("imported", 6)
    assert written_once(6)


def test_after_a_kill_it_can_be_cancelled_and_is_put_back(killed):
    batch = killed(KILLED_BETWEEN)
    actions.cancel(batch)
    jobs.write_later.call(str(batch.pk))
    batch.refresh_from_db()
    assert batch.state == "cancelled"
    assert list(Event.objects.values_list("slug", "title_en").order_by("slug")) == [
        (f"event-{number}", "Old") for number in (0, 2, 4)
    ]


@pytest.fixture
def killed_while_put_back(transactional_db, settings):
    """``killed_while_put_back(act, script)``: a batch of six rows of which the process, killed, has put back two."""
    settings.TASKS = QUEUE
    settings.PERIODIC_COMMANDS = {}

    def run(act, script):
        batch = confirmed(6)
        if act == "conflict":
            Event.objects.get(slug="event-4").save()
        else:
            for _part in range(3):
                jobs.write(batch, seconds=1e-9)
        if act == "cancel":
            actions.cancel(batch)
        if act == "undo":
            jobs.write(batch)
            actions.undo(batch=batch, by=None, at_once=0)
        run_and_be_killed(script)
        batch.refresh_from_db()
        left = 1 if act == "conflict" else 2  # of two parts, or of three
        assert (batch.is_at_work, batch.parts.exclude(written_at=None).count()) == (True, left)
        assert Event.objects.filter(title_en="New").count() == 2 * left
        return batch

    return run


@pytest.mark.parametrize("script", [PUT_BACK_KILLED_BETWEEN, PUT_BACK_KILLED_WITHIN], ids=["between", "within"])
@pytest.mark.parametrize(("act", "state"), [("cancel", "cancelled"), ("conflict", "failed"), ("undo", "undone")])
def test_after_a_kill_while_it_is_put_back_the_next_worker_goes_on_with_that(killed_while_put_back, act, state, script):
    batch = killed_while_put_back(act, script)
    imported = Version.objects.filter(revision__comment="Imported from a sheet.").count()
    task = jobs.undo_later if act == "undo" else jobs.write_later
    task.call(str(batch.pk))
    batch.refresh_from_db()
    assert batch.state == state
    assert list(Event.objects.values_list("title_en", flat=True)) == ["Old"] * 3
    # Nothing is written anew on the way, and why it was put back is not forgotten.
    assert Version.objects.filter(revision__comment="Imported from a sheet.").count() <= imported
    assert len(batch.problems) == {"cancel": 1, "conflict": 1, "undo": 0}[act]
    assert not batch.stop


# --- Forgotten -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("act", ["read", "write", "undo"])
def test_what_stands_still_because_its_process_was_stopped_is_taken_up_by_the_worker(work_off, act):
    batch = bring(Event, *rows(5), most=4) if act == "read" else confirmed(4)
    if act == "undo":
        work_off()
        batch.refresh_from_db()
        actions.undo(batch=batch, by=None, at_once=0)
    QueuedTask.objects.all().delete()  # nobody is at it
    actions.forget_old()
    assert not QueuedTask.objects.exists()
    Batch.objects.update(moved_at=timezone.now() - STANDSTILL)
    actions.forget_old()
    work_off()
    batch.refresh_from_db()
    assert batch.state == {"read": "ready", "write": "imported", "undo": "undone"}[act]


def test_the_command_that_every_worker_runs_forgets_old_previews():
    bring(Event, *rows(2), confirm=False)
    Batch.objects.update(made_at=timezone.now() - PATIENCE)
    call_command("forget_sheets")
    assert (Batch.objects.get().state, FilePiece.objects.count()) == ("cancelled", 0)
    assert portal.PERIODIC_COMMANDS["forget_sheets"]


@pytest.mark.parametrize("act", ["cancelled", "undone"])
def test_a_worker_that_was_slow_writes_nothing_once_it_was_put_back(queue, monkeypatch, act):
    batch, write = confirmed(6), applying._write

    def slow(*args, **options):
        monkeypatch.setattr(applying, "_write", write)
        if act == "cancelled":
            actions.cancel(Batch.objects.get())
        jobs.write(Batch.objects.get())
        if act == "undone":
            actions.undo(batch=Batch.objects.get(), by=None, at_once=10)
        return write(*args, **options)

    monkeypatch.setattr(applying, "_write", slow)
    jobs.write(batch)
    assert Batch.objects.get().state == act
    assert not BatchPart.objects.exclude(written_at=None).exists()
    assert not Event.objects.filter(title_en="New").exists()
