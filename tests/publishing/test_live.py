"""The text that editors work on, after what readers see has moved on."""

import pytest

from apps.content.translation_state import TranslationState, states
from apps.publishing import actions, snapshots
from apps.publishing.live import working_copy
from tests.factories import TopicFactory

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def note(superuser):
    """A published note whose Hindi summary and section are translated in a draft, for the first time."""
    note = TopicFactory(slug="lima", state="published", summary_en="Five states met.", summary_hi="", sections=1)
    note.sections.update(body_en="They met in Lima.", body_hi="")
    draft = snapshots.take(note)
    draft["record"]["summary_hi"] = "पाँच देश मिले।"
    for section in draft["sections"].values():
        section["body_hi"] = "वे लीमा में मिले।"
    actions.keep(record=note, snapshot=draft, by=superuser)
    return note


def outdated(note):
    note = snapshots.fresh(note)
    shown = snapshots.overlay(note, working_copy(note)[0])
    rows = {"summary": shown, "body": shown.sections.all()[0]}
    return {name for name, row in rows.items() if states(row)[name]["hi"] == TranslationState.OUTDATED}


def change(note, summary, body):
    section = note.sections.get()
    note.summary_en, section.body_en = summary, body
    note.save(), section.save()


def test_a_translation_in_a_draft_whose_source_did_not_change_is_up_to_date(note):
    change(note, "Five  states met.", "They met in Lima.")
    assert outdated(note) == set()


def test_a_first_translation_in_a_draft_is_outdated_when_its_source_changes(note):
    change(note, "Six states met.", "They met in Lima, in Peru.")
    assert outdated(note) == {"summary", "body"}
    assert working_copy(note)[0]["record"]["outdated"] == {"hi": {"summary": "Five states met."}}


def test_it_stays_outdated_when_it_is_published(note, superuser):
    change(note, "Six states met.", "They met in Lima.")
    actions.publish(record=note, by=superuser)
    assert outdated(note) == {"summary"}


def test_who_translates_the_new_text_is_up_to_date(note, superuser):
    change(note, "Six states met.", "They met in Lima.")
    draft, _conflicts = working_copy(note)
    draft["record"] |= {"summary_hi": "छह देश मिले।", "outdated": {}}
    actions.keep(record=note, snapshot=draft, by=superuser)
    assert outdated(note) == set()
