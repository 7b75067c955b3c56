"""Whoever opens a form is told who else has it open."""

import datetime
import uuid

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from apps.drafting.models import OpenForm
from tests.editorial.families import DESK_MODELS, address, form_data, label, make

pytestmark = [pytest.mark.django_db, pytest.mark.database]

# 14:05 in Kolkata
MOMENT = datetime.datetime(2026, 3, 2, 8, 35, tzinfo=datetime.UTC)


@pytest.fixture
def clock():
    with time_machine.travel(MOMENT, tick=False) as clock:
        yield clock


@pytest.fixture
def meena(colleague, browser_of):
    return browser_of(colleague("meena", "topics.change_topic", first_name="Meena", last_name="Rao"))


def beat(client, record, **data):
    return client.post(address(record, "open"), {"opened": timezone.now().isoformat(), **data})


@pytest.mark.parametrize("model", DESK_MODELS, ids=label)
def test_every_form_of_the_desk_says_who_else_has_it_open(clock, editor, colleague, browser_of, model):
    record = make(model)
    opts = model._meta
    meena = browser_of(colleague("meena", f"{opts.app_label}.change_{opts.model_name}"))
    meena.get(address(record, "change"))
    assert "meena opened this form at 14:05." in editor.get(address(record, "change")).text


def test_a_browser_with_scripts_says_that_it_is_still_open(clock, editor, meena, note):
    meena.get(address(note, "change"))
    clock.shift(datetime.timedelta(minutes=1))
    beat(meena, note, opened=MOMENT.isoformat())
    assert "Meena Rao has had this form open since 14:05." in editor.get(address(note, "change")).text


def test_nobody_is_told_of_themselves(meena, note):
    meena.get(address(note, "change"))
    assert "Meena Rao opened" not in meena.get(address(note, "change")).text


def test_after_ten_minutes_without_a_word_nobody_is_there(clock, editor, meena, note):
    meena.get(address(note, "change"))
    clock.shift(datetime.timedelta(minutes=10, seconds=1))
    assert "Meena" not in editor.get(address(note, "change")).text


def test_whose_account_is_closed_is_not_there(editor, meena, note, django_user_model):
    meena.get(address(note, "change"))
    django_user_model.objects.filter(username="meena").update(is_active=False)
    assert "Meena" not in editor.get(address(note, "change")).text


def test_each_beat_answers_with_who_else_is_there(clock, editor, meena, note):
    meena.get(address(note, "change"))
    assert beat(editor, note).json() == {"sentences": ["Meena Rao opened this form at 14:05."]}


def test_a_beat_removes_what_is_old(clock, editor, meena, note):
    meena.get(address(note, "change"))
    clock.shift(datetime.timedelta(minutes=11))
    beat(editor, note)
    assert [row.user.username for row in OpenForm.objects.all()] == ["asha"]


def test_closing_and_saving_end_it(meena, note):
    opened = meena.get(address(note, "change"))
    beat(meena, note, opened=OpenForm.objects.get().opened_at.isoformat(), closed="1")
    assert not OpenForm.objects.exists()
    meena.get(address(note, "change"))
    meena.post(address(note, "change"), form_data(opened))
    assert not OpenForm.objects.exists()


def test_a_page_that_is_loaded_again_is_not_closed_by_the_old_one(clock, meena, note):
    meena.get(address(note, "change"))
    clock.shift(datetime.timedelta(seconds=5))
    meena.get(address(note, "change"))
    beat(meena, note, opened=MOMENT.isoformat(), closed="1")
    assert OpenForm.objects.exists()


def test_a_time_that_is_none_or_lies_ahead_is_not_believed(clock, meena, note):
    for time in ("yesterday", "2999-01-01T00:00:00Z", "2026-13-01T00:00:00Z", "2026-01-01T00:00:00"):
        OpenForm.objects.all().delete()
        beat(meena, note, opened=time)
        assert OpenForm.objects.get().opened_at == MOMENT


def test_whoever_may_only_look_is_told_and_not_named(editor, meena, colleague, browser_of, note):
    reader = browser_of(colleague("ravi", "topics.view_topic"))
    meena.get(address(note, "change"))
    assert "Meena Rao opened" in reader.get(address(note, "change")).text
    beat(reader, note)
    assert "ravi" not in beat(editor, note).text


def test_who_may_not_see_the_record_learns_nothing(colleague, browser_of, meena, note):
    meena.get(address(note, "change"))
    stranger = browser_of(colleague("kiran", "events.change_event"))
    assert beat(stranger, note).status_code == 403
    assert OpenForm.objects.count() == 1


@pytest.mark.parametrize("foreign", [uuid.uuid4(), "nonsense", "1"])
def test_a_foreign_id_is_no_form(editor, note, foreign):
    path = address(note, "open").replace(str(note.pk), str(foreign))
    assert editor.post(path).status_code == 404


def test_only_a_post_of_somebody_signed_in_counts(reader, editor, note):
    assert editor.get(address(note, "open")).status_code == 405
    assert beat(reader, note).status_code == 302


def test_it_costs_a_form_two_queries_however_many_are_there(editor, colleague, note):
    now = timezone.now()
    for number in range(5):
        user = colleague(f"colleague-{number}")
        OpenForm.objects.note(type(note), note.pk, user, opened_at=now, seen_at=now, opening=True)
    with CaptureQueriesContext(connection) as captured:
        editor.get(address(note, "change"))
    assert len([query for query in captured if "drafting_openform" in query["sql"]]) == 2
