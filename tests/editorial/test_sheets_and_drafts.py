"""What a translator brings by the sheet of one kind of record goes where their screen would put it: into drafts."""

import io

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.content.models import State
from apps.content.translation_state import TranslationState, states
from apps.events.models import Event
from apps.organisations.models import Country
from apps.publishing import actions as publishing
from apps.publishing.models import Draft, draft_of
from apps.publishing.working_copy import rows_to_work_on
from apps.spreadsheets import actions
from apps.spreadsheets.exporting import export
from apps.spreadsheets.files.writing import OutColumn, OutSheet, write
from apps.spreadsheets.models import Batch
from apps.spreadsheets.records.sheet import RecordSheet
from apps.spreadsheets.records.wholes import rows_of, working_wholes
from apps.spreadsheets.refusals import Refused
from apps.topics.models import Section
from tests.factories import CountryFactory, EventFactory, QuestionFactory, SectionFactory, TopicFactory
from tests.spreadsheets.translators.sheets import complaints, confirmed, member, translator

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def event():
    """Published, and then its English changed: the Hindi title is outdated."""
    event = EventFactory(slug="bandung", title_en="Bandung", title_hi="बांडुंग")
    event.title_en = "Bandung Conference"
    event.save()
    return event


def bring(model, *rows, by):
    names = list(rows[0])
    file = io.BytesIO()
    write("csv", [OutSheet("", list(map(OutColumn, names)), [list(row.values()) for row in rows])], file)
    return receive(model, file.getvalue(), by)


def receive(model, data, by):
    return actions.receive(
        data=data, file_name="s.csv", file_kind="csv", sheet=model._meta.label_lower, by=by, language="en"
    )


def exported(model):
    with export("csv", RecordSheet(model), model.objects.all()) as file:
        return file.read()


def working(record, name):
    with rows_to_work_on(record, None, "") as whole:
        return getattr(whole, name)


NEW = {"slug": "bandung", "title_hi": "बांडुंग सम्मेलन"}


def test_a_live_record_gets_a_draft_and_readers_see_nothing_yet(event, superuser):
    batch = confirmed(bring(Event, NEW, by=translator()))
    event.refresh_from_db()
    assert (batch.state, batch.changed, event.title_hi) == (Batch.State.IMPORTED, 1, "बांडुंग")
    assert draft_of(event).snapshot["record"]["title_hi"] == "बांडुंग सम्मेलन"
    publishing.publish(record=event, by=superuser)
    event.refresh_from_db()
    assert event.title_hi == "बांडुंग सम्मेलन"
    assert states(event)["title"]["hi"] == TranslationState.CURRENT


def test_an_editor_writes_what_readers_see(event, superuser):
    confirmed(bring(Event, NEW, by=superuser))
    event.refresh_from_db()
    assert (event.title_hi, draft_of(event)) == ("बांडुंग सम्मेलन", None)


@pytest.mark.parametrize("state", [State.DRAFT, State.WITHDRAWN])
def test_what_readers_do_not_see_is_saved_at_once(event, state):
    Event.objects.update(state=state)
    confirmed(bring(Event, NEW, by=translator()))
    event.refresh_from_db()
    assert (event.title_hi, draft_of(event)) == ("बांडुंग सम्मेलन", None)


def test_a_record_that_has_no_drafts_is_saved_at_once():
    CountryFactory(code="IN", name_hi="")
    confirmed(bring(Country, {"code": "IN", "name_hi": "भारत"}, by=translator()))
    assert Country.objects.get().name_hi == "भारत"


def test_a_section_goes_into_the_draft_of_its_note():
    note = TopicFactory(slug="origins", sections=2)
    rows = [{"topic": "origins", "anchor": f"section-{number}", "body_hi": f"पाठ {number}"} for number in (1, 2)]
    confirmed(bring(Section, *rows, by=translator()))
    assert set(Section.objects.values_list("body_hi", flat=True)) == {"खण्ड का पाठ।"}
    assert Draft.objects.get().record == note
    assert {row["body_hi"] for row in draft_of(note).snapshot["sections"].values()} == {"पाठ 1", "पाठ 2"}


def test_a_draft_keeps_what_others_wrote_in_it(event, superuser):
    with rows_to_work_on(event, superuser, "") as whole:
        whole.summary_en = "Another summary."
        whole.save()
    confirmed(bring(Event, NEW, by=translator()))
    assert working(event, "summary_en") == "Another summary."
    assert working(event, "title_hi") == "बांडुंग सम्मेलन"


def test_a_cell_is_compared_with_the_text_that_is_worked_on(event, superuser):
    with rows_to_work_on(event, superuser, "") as whole:
        whole.title_hi = "बांडुंग सम्मेलन"
        whole.save()
    assert bring(Event, NEW, by=translator()).same == 1
    (outcome,) = bring(Event, NEW | {"title_hi": "बांडुंग का सम्मेलन"}, by=translator()).outcomes(("changed",))
    assert outcome.cells == {"title_hi": ["बांडुंग सम्मेलन", "बांडुंग का सम्मेलन"]}


def test_an_exported_sheet_takes_nothing_back_that_a_draft_has_changed(event, superuser):
    with rows_to_work_on(event, superuser, "") as whole:
        whole.title_en, whole.title_hi = "The conference", "बांडुंग सम्मेलन"
        whole.save()
    batch = receive(Event, exported(Event), translator())
    assert (batch.same, batch.writes, batch.problems, batch.refused) == (1, 0, [], 0), complaints(batch)


def test_the_rules_judge_the_text_that_is_worked_on():
    QuestionFactory(topic=TopicFactory(slug="origins"), position=1)
    row = {"topic": "origins", "position": "1", "choices_hi": "एक\nदो\nतीन"}
    assert complaints(bring(QuestionFactory._meta.model, row, by=translator()))


# --- Rights -----------------------------------------------------------------------------------------------------------


def test_another_column_refuses_the_file_by_name(event):
    batch = bring(Event, NEW | {"title_en": "Bandung 1955"}, by=translator())
    assert batch.problems == ["Row 2 changes “title_en”, which you may not. Take its change back."]
    with pytest.raises(Refused):
        confirmed(batch)
    assert Draft.objects.count() == 0


def test_another_language_refuses_the_file_by_name(event):
    batch = bring(Event, NEW, by=translator("English"))
    assert batch.problems == ["Row 2 changes “title_hi”, which you may not. Take its change back."]


def test_a_row_for_a_record_that_does_not_exist_refuses_the_file_by_name(event):
    batch = bring(Event, {"slug": "lusaka", "title_hi": "लुसाका"}, by=translator())
    assert batch.problems == ["Row 2 would make a new record, which you may not. Delete the row."]


def test_a_right_lost_since_the_preview_counts(event):
    by = translator()
    batch = bring(Event, NEW, by=by)
    by.groups.clear()
    with pytest.raises(PermissionDenied):
        actions.confirm(batch=Batch.objects.get(pk=batch.pk), by=by)
    assert Draft.objects.count() == 0


def test_an_editor_who_only_translates_by_now_publishes_nothing(event):
    by = member("Editors")
    batch = bring(Event, NEW, by=by)
    by.groups.set(translator().groups.all())
    batch = confirmed(Batch.objects.get(pk=batch.pk))
    event.refresh_from_db()
    assert (batch.state, event.title_hi, draft_of(event)) == (Batch.State.FAILED, "बांडुंग", None)
    assert "Your rights have changed since the preview." in batch.problems[0]
    actions.look_again(batch)
    confirmed(Batch.objects.get(pk=batch.pk))
    assert working(event, "title_hi") == "बांडुंग सम्मेलन"


def test_a_translator_who_is_an_editor_by_now_still_gets_a_draft(event):
    by = translator()
    batch = bring(Event, NEW, by=by)
    by.groups.set(member("Editors").groups.all())
    confirmed(Batch.objects.get(pk=batch.pk))
    event.refresh_from_db()
    assert (event.title_hi, working(event, "title_hi")) == ("बांडुंग", "बांडुंग सम्मेलन")


# --- Changed meanwhile ------------------------------------------------------------------------------------------------


def test_a_draft_changed_since_the_preview_is_not_overwritten(event, superuser):
    batch = bring(Event, NEW, by=translator())
    with rows_to_work_on(event, superuser, "") as whole:
        whole.title_hi = "बाण्डुंग"
        whole.save()
    batch = confirmed(batch)
    assert batch.state == Batch.State.FAILED
    assert "was changed after the preview" in batch.problems[0]
    assert working(event, "title_hi") == "बाण्डुंग"


def test_a_record_deleted_since_the_preview_is_named(event):
    batch = bring(Event, NEW, by=translator())
    event.delete()
    assert "was deleted after the preview" in confirmed(batch).problems[0]


def test_other_texts_changed_since_the_preview_are_no_matter(event, superuser):
    batch = bring(Event, NEW, by=translator())
    with rows_to_work_on(event, superuser, "") as whole:
        whole.summary_en = "Another summary."
        whole.save()
    assert confirmed(batch).state == Batch.State.IMPORTED


# --- Undo -------------------------------------------------------------------------------------------------------------


def test_undoing_it_takes_the_draft_away_again(event):
    batch = confirmed(bring(Event, NEW, by=translator()))
    assert Draft.objects.count() == 1
    actions.undo(batch=batch, by=batch.by)
    batch.refresh_from_db()
    event.refresh_from_db()
    assert (batch.state, Draft.objects.count()) == (Batch.State.UNDONE, 0)
    assert states(event)["title"]["hi"] == TranslationState.OUTDATED


def test_undoing_it_after_it_was_published_makes_a_draft_with_the_old_text_outdated_as_it_was(event, superuser):
    batch = confirmed(bring(Event, NEW, by=translator()))
    publishing.publish(record=event, by=superuser)
    actions.undo(batch=batch, by=batch.by)
    event.refresh_from_db()
    assert event.title_hi == "बांडुंग सम्मेलन"
    assert working(event, "title_hi") == "बांडुंग"
    assert working(event, "outdated") == {"hi": {"title": "Bandung"}}


def test_an_old_text_that_comes_back_is_as_outdated_as_the_source_made_it_since(superuser):
    event = EventFactory(slug="bandung", title_en="Bandung", title_hi="बांडुंग", state=State.DRAFT)
    batch = confirmed(bring(Event, NEW, by=translator()))
    event.refresh_from_db()
    event.title_en = "Bandung Conference"
    event.save()
    actions.undo(batch=batch, by=batch.by)
    event.refresh_from_db()
    assert (event.title_hi, event.outdated) == ("बांडुंग", {"hi": {"title": "Bandung"}})


def test_what_was_missing_is_missing_again():
    event = EventFactory(slug="bandung", title_en="Bandung", title_hi="", state=State.DRAFT)
    batch = confirmed(bring(Event, NEW, by=translator()))
    actions.undo(batch=batch, by=batch.by)
    event.refresh_from_db()
    assert (event.title_hi, event.outdated) == ("", {})


@pytest.mark.parametrize("text", ["  बांडुंग  ", "[clear]", "'[clear]", "=1"])
def test_an_old_text_comes_back_to_the_last_space(text):
    event = EventFactory(slug="bandung", title_hi=text, state=State.DRAFT)
    batch = confirmed(bring(Event, NEW, by=translator()))
    actions.undo(batch=batch, by=batch.by)
    event.refresh_from_db()
    assert event.title_hi == text


def test_what_somebody_else_has_touched_since_is_listed(event, superuser):
    batch = confirmed(bring(Event, NEW, by=translator()))
    with rows_to_work_on(event, superuser, "") as whole:
        whole.title_hi = "बाण्डुंग"
        whole.save()
    with pytest.raises(Refused) as refused:
        actions.undo(batch=batch, by=batch.by)
    assert "It was changed since." in refused.value.sentences[1]
    assert working(event, "title_hi") == "बाण्डुंग"


def test_what_was_deleted_since_is_listed(event):
    batch = confirmed(bring(Event, NEW, by=translator()))
    event.delete()
    with pytest.raises(Refused) as refused:
        actions.undo(batch=batch, by=batch.by)
    assert "It was deleted since." in refused.value.sentences[1]


# --- The desk's own side ----------------------------------------------------------------------------------------------


def test_only_the_drafts_among_records_are_asked_for_one_by_one(superuser):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            working_wholes(Event, list(Event.objects.values_list("pk", flat=True)))
        return len(captured)

    EventFactory.create_batch(2)
    queries()
    few = queries()
    EventFactory.create_batch(10)
    assert queries() == few


def test_a_section_that_only_the_draft_has_is_worked_on(superuser):
    note = TopicFactory(sections=1)
    with rows_to_work_on(note, superuser, "") as whole:
        SectionFactory(topic=whole, anchor="new", position=2)
    (whole,) = working_wholes(type(note), [note.pk]).values()
    assert [row.anchor for row in rows_of(whole) if isinstance(row, Section)] == ["section-1", "new"]
