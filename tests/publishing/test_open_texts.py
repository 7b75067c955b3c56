"""Which translations a draft lacks is counted by the rule that records are judged by."""

import pytest

from apps.content.models import content_models
from apps.content.translation_state import TranslationState, states
from apps.publishing import actions, snapshots
from apps.publishing.models import draft_of
from apps.publishing.open_texts import open_texts
from apps.topics.models import Topic
from tests.editorial.families import label, make
from tests.factories import CitationFactory, SectionFactory, TopicFactory

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def counted(record):
    return open_texts(type(record), snapshots.take(snapshots.fresh(record)))


def test_what_is_finished_is_not_counted():
    assert counted(TopicFactory(sections=1)) == {}


def test_the_texts_of_sections_count_and_those_of_citations_stand_beside():
    note = TopicFactory(summary_hi="")
    SectionFactory(topic=note, heading_hi="")
    CitationFactory(record=note, note_en="Only in English.")
    assert counted(note) == {"hi": {"missing": 2, "beside": 1}}


def test_a_source_that_moved_on_outdates():
    note = TopicFactory(title_en="Old")
    note.title_en = "New"
    note.save()
    assert counted(note) == {"hi": {"outdated": 1}}


def test_an_original_in_hindi_is_translated_into_english():
    note = TopicFactory(source_language="hi", title_en="")
    assert counted(note) == {"en": {"missing": 1}}


@pytest.mark.parametrize("model", content_models(), ids=label)
def test_every_kind_of_record_is_judged_as_its_rows_are(model):
    record = snapshots.fresh(make(model))
    open_now = [
        (code, state.value)
        for by_language in states(record).values()
        for code, state in by_language.items()
        if state != TranslationState.CURRENT
    ]
    own = open_texts(model, {"record": snapshots.take(record)["record"]})
    assert {(code, state): count for code, counts in own.items() for state, count in counts.items()} == {
        each: open_now.count(each) for each in open_now
    }


def test_a_draft_is_counted_again_whenever_it_is_kept():
    note = TopicFactory()
    snapshot = snapshots.take(note)
    snapshot["record"]["title_hi"] = ""
    actions.keep(record=note, snapshot=snapshot, by=None)
    assert draft_of(note).open_texts == {"hi": {"missing": 1}}
    snapshot["record"] |= {"title_hi": "नया", "outdated": {"hi": {"summary": "An older one"}}}
    actions.keep(record=Topic.objects.get(pk=note.pk), snapshot=snapshot, by=None)
    assert draft_of(note).open_texts == {"hi": {"outdated": 1}}
