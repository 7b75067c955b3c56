"""Whoever writes a record and however: the history says who, when, how and what, and gives it back."""

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from reversion.models import Revision, Version

from apps.audit.request_at_hand import RequestAtHandMiddleware
from apps.content.models import Content, State, record_models
from apps.events.admin import EventAdmin
from apps.events.models import Event
from apps.languages.fields import language_columns
from apps.organisations.models import Organisation
from apps.publishing import actions, deleted, history, live, presenting, restoring, snapshots, timeline
from apps.publishing.merging import ROW
from apps.publishing.models import draft_of
from apps.sources.models import Citation
from apps.topics.models import Topic
from tests.editorial.families import address, form_data, label, make
from tests.factories import (
    CitationFactory,
    CountryFactory,
    EventFactory,
    OrganisationFactory,
    QuestionFactory,
    SectionFactory,
    SourceFactory,
    TopicFactory,
)
from tests.spreadsheets.sheets import bring

pytestmark = [pytest.mark.django_db, pytest.mark.database]

WHOLES = [model for model in record_models() if not model.whole_relation]
PARTS = [model for model in record_models() if model.whole_relation]


def texts_of(record):
    return {name: getattr(record, name) for name in language_columns(type(record))}


def change_all(record):
    for name in language_columns(type(record)):
        setattr(record, name, f"{getattr(record, name)} बदला")
    record.save()


def fresh(record):
    return snapshots.fresh(record)


def first_version(record):
    return history.entries(record)[-1]


def bring_back(record, entry=None, cells=None, by=None):
    """Everything of the first version, or ``cells`` of ``entry``."""
    old = (entry or first_version(record)).snapshot
    cells = restoring.all_cells(live.working_copy(record)[0], old) if cells is None else cells
    return restoring.restore(record=record, old=old, cells=cells, by=by)


def hows(record):
    rows = timeline.places(record)
    return [(row.by and row.by.username, row.how) for row in timeline.rows(record, rows, 0, len(rows))]


def changes(record, place=0):
    return timeline.rows(record, timeline.places(record), place, place + 1)[0].changes


# --- Every kind of record ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("model", WHOLES, ids=label)
def test_every_language_column_comes_back(model):
    record = make(model, **({"state": State.DRAFT} if issubclass(model, Content) else {}))
    before = texts_of(record)
    change_all(record)
    assert texts_of(fresh(record)) != before
    bring_back(record)
    assert texts_of(fresh(record)) == before


@pytest.mark.parametrize("model", PARTS, ids=label)
def test_every_language_column_of_a_part_comes_back_with_its_record(model):
    note = TopicFactory(state=State.DRAFT)
    part = CitationFactory(record=note) if model is Citation else make(model, topic=note)
    before, then = texts_of(part), history.entries(note)[0]
    change_all(part)
    bring_back(note, then)
    assert texts_of(fresh(part)) == before


@pytest.mark.parametrize("model", WHOLES, ids=label)
def test_the_latest_version_is_the_record_as_it_is(model):
    record = make(model)
    if issubclass(model, Topic):
        SectionFactory(topic=record)
    if "citations" in model.part_relations:
        CitationFactory(record=record)
    assert history.entries(record)[0].snapshot == snapshots.take(fresh(record))


def test_citations_are_found_again_after_the_address_name_changed():
    note = TopicFactory(slug="old-name")
    CitationFactory(record=note)
    note.slug = "new-name"
    note.save()
    assert [len(entry.snapshot["citations"]) for entry in history.entries(note)] == [1, 1, 0]


# --- Every way of writing ---------------------------------------------------------------------------------------------


def test_the_form_says_who(editor, superuser):
    note = TopicFactory(state=State.DRAFT, sections=1)
    page = editor.get(address(note, "change"))
    editor.post(address(note, "change"), form_data(page) | {"title_hi": "नया शीर्षक"})
    assert hows(note)[0] == ("asha", "Changed in its form.")
    assert changes(note) == ["Title · Hindi"]


def test_an_import_of_a_thousand_rows_is_a_revision_for_each_five_hundred(superuser):
    rows = [
        {"slug": f"body-{number}", "name_en": f"Body {number}", "name_hi": f"संगठन {number}", "kind": "un_body"}
        for number in range(1000)
    ]
    before = Revision.objects.count()
    bring(Organisation, *rows, by=superuser)
    assert Organisation.objects.count() == 1000
    assert Revision.objects.count() == before + 2
    for revision in Revision.objects.order_by("-pk")[:2]:
        assert (revision.user, revision.comment) == (superuser, "Imported from a sheet.")
        assert revision.version_set.count() == 500
    one = Organisation.objects.get(slug="body-7")
    assert first_version(one).snapshot["record"]["name_hi"] == "संगठन 7"
    assert hows(one) == [("asha", "Imported from a sheet.")]


def test_a_preview_of_an_import_leaves_no_version():
    body = OrganisationFactory(slug="un", name_en="United Nations")
    new = {"slug": "au", "kind": "un_body", "name_en": "African Union"}
    bring(Organisation, {"slug": "un", "name_en": "The UN"}, new, confirm=False)
    assert len(history.entries(body)) == 1
    assert Version.objects.get_for_model(Organisation).count() == 1


def test_an_import_that_changes_one_text_says_which():
    body = OrganisationFactory(slug="un", name_hi="संयुक्त राष्ट्र")
    bring(Organisation, {"slug": "un", "name_hi": "संयुक्त राष्ट्र संघ"})
    assert changes(body) == ["Name · Hindi"]


def test_what_is_shipped_begins_its_history_with_the_command():
    call_command("load_fixtures", verbosity=0)
    revision = Revision.objects.get()
    assert (revision.user, revision.comment) == (None, "Loaded from the portal’s own files.")
    note = Topic.objects.first()
    assert first_version(note).snapshot == snapshots.take(note)


def test_a_command_that_says_nothing_is_known_as_one():
    assert hows(SourceFactory()) == [(None, "By a command.")]


def test_a_view_that_says_nothing_is_signed_by_whoever_asked(rf, superuser):
    request, made = rf.get("/"), []
    request.user = superuser
    RequestAtHandMiddleware(lambda request: made.append(SourceFactory()))(request)
    assert hows(made[0]) == [("asha", "")]


def test_an_action_on_a_list_is_one_revision_of_whoever_did_it(editor, superuser, monkeypatch):
    def rename(desk, request, queryset):
        for record in queryset:
            record.title_hi = "नया नाम"
            record.save()

    monkeypatch.setattr(EventAdmin, "actions", [rename])
    events = [EventFactory(), EventFactory()]
    before = Revision.objects.count()
    editor.post(address(Event, "changelist"), {"action": "rename", "_selected_action": [each.pk for each in events]})
    assert Revision.objects.count() == before + 1
    assert [hows(each)[0] for each in events] == [("asha", "Action on a list.")] * 2
    assert changes(events[0]) == ["Title · Hindi"]


def test_a_section_that_is_deleted_in_the_form_leaves_a_version_of_its_note(editor):
    note = TopicFactory(state=State.DRAFT, sections=2)
    data = form_data(editor.get(address(note, "change")))
    editor.post(address(note, "change"), data | {"sections-0-DELETE": "on"})
    assert hows(note)[0] == ("asha", "Changed in its form.")
    assert changes(note)[0].endswith("taken away")


def test_a_section_deleted_by_a_command_leaves_a_version_of_its_note():
    note = TopicFactory(sections=2)
    note.sections.first().delete()
    assert len(history.entries(note)[0].snapshot["sections"]) == 1


# --- What the list says -----------------------------------------------------------------------------------------------


def test_changes_are_named_by_part_field_and_language():
    note = TopicFactory()
    section = SectionFactory(topic=note, heading_en="The beginnings", body_hi="पहला")
    section.body_hi = "दूसरा"
    section.save()
    assert changes(note) == ["Section “The beginnings” · Text · Hindi"]
    section.delete()
    assert changes(note) == ["Section “The beginnings” · taken away"]


def test_a_label_never_cuts_a_hindi_cluster():
    note, heading = TopicFactory(), "कि" * 90
    SectionFactory(topic=note, heading_en="", heading_hi=heading)
    name = changes(note)[0].partition("“")[2].partition("”")[0]
    assert name.endswith("…")
    assert name.rstrip("…") == "कि" * name.count("कि")


def test_a_state_that_changes_is_a_change(superuser):
    note = TopicFactory(state=State.DRAFT)
    actions.publish(record=note, by=superuser)
    assert changes(note) == ["State: Draft → Published"]
    assert hows(note)[0] == ("asha", "Published.")


def test_the_edition_stands_beside_the_version_that_became_it():
    note = TopicFactory()
    note.title_en = "Another title"
    note.save()
    rows = timeline.rows(note, timeline.places(note), 0, 2)
    assert [row.editions for row in rows] == [[2], [1]]


def test_a_draft_is_compared_with_what_was_before_it():
    note = TopicFactory()
    snapshot, _conflicts = live.working_copy(note)
    for title in ("One", "Two"):
        snapshot["record"]["title_en"] = title
        actions.keep(record=note, snapshot=snapshot, by=None)
    assert [row.kind for row in timeline.rows(note, timeline.places(note), 0, 3)] == ["draft", "draft", "saved"]
    assert changes(note, 0) == changes(note, 1) == ["Title · English"]


def test_a_version_from_before_a_field_was_there_can_be_compared():
    note = TopicFactory()
    now = snapshots.take(note)
    old = {**now, "record": {name: value for name, value in now["record"].items() if name != "summary_hi"}}
    old["record"]["a_field_that_went"] = "x"
    assert presenting.changed_labels(Topic, old, now) == ["Summary · Hindi"]
    assert [each.label for each in presenting.shown_differences(Topic, old, now)] == ["Summary · Hindi"]


# --- Bringing back ----------------------------------------------------------------------------------------------------


@pytest.fixture
def note():
    """A published note whose second version has another title and another text in its section, in both languages."""
    note = TopicFactory(title_en="Bandung", title_hi="बांडुंग")
    section = SectionFactory(topic=note, heading_en="The beginnings", body_en="First.", body_hi="पहला।")
    note = fresh(note)
    note.title_en, note.title_hi = "Bandung, 1955", "बांडुंग, 1955"
    note.save()
    section.body_en, section.body_hi = "Second.", "दूसरा।"
    section.save()
    return note


def then(note):
    """The version before both changes."""
    return history.entries(note)[2]


def test_one_field_comes_back_into_the_draft_and_readers_see_nothing_of_it(note, reader):
    bring_back(note, then(note), [("record", "", "title_hi")])
    assert fresh(note).title_hi == "बांडुंग, 1955"
    draft = draft_of(note).snapshot["record"]
    assert (draft["title_en"], draft["title_hi"]) == ("Bandung, 1955", "बांडुंग")
    actions.publish(record=note, by=None)
    assert fresh(note).title_hi == "बांडुंग"


def test_one_section_comes_back(note):
    section = note.sections.get()
    bring_back(note, then(note), [("sections", str(section.pk), ROW)])
    row = draft_of(note).snapshot["sections"][str(section.pk)]
    assert (row["body_en"], row["body_hi"]) == ("First.", "पहला।")
    assert draft_of(note).snapshot["record"]["title_en"] == "Bandung, 1955"


def test_a_section_that_was_taken_away_comes_back_under_its_id(note):
    section = note.sections.get()
    pk = section.pk
    section.delete()
    bring_back(note, then(note), [("sections", str(pk), ROW)])
    actions.publish(record=note, by=None)
    assert note.sections.get(pk=pk).body_hi == "पहला।"


def test_a_section_that_came_later_goes_when_the_whole_version_comes_back(note):
    SectionFactory(topic=note, anchor="later")
    bring_back(note, then(note))
    actions.publish(record=note, by=None)
    assert list(note.sections.values_list("body_en", flat=True)) == ["First."]


def test_a_field_of_a_section_that_is_gone_is_refused_in_a_sentence(note):
    section = note.sections.get()
    cell = ("sections", str(section.pk), "body_hi")
    section.delete()
    with pytest.raises(ValidationError, match="is gone"):
        bring_back(note, then(note), [cell])


def test_a_draft_keeps_what_else_is_in_it(note):
    first = then(note)
    snapshot, _conflicts = live.working_copy(note)
    snapshot["record"]["summary_en"] = "A new summary."
    actions.keep(record=note, snapshot=snapshot, by=None)
    bring_back(note, first, [("record", "", "title_hi")])
    draft = draft_of(note).snapshot["record"]
    assert (draft["summary_en"], draft["title_hi"]) == ("A new summary.", "बांडुंग")


def test_a_translation_whose_source_is_another_by_now_is_outdated(note):
    bring_back(note, then(note), [("record", "", "title_hi")])
    assert draft_of(note).snapshot["record"]["outdated"] == {"hi": {"title": "Bandung"}}


def test_a_source_that_comes_back_outdates_its_translation(note):
    bring_back(note, then(note), [("record", "", "title_en")])
    assert draft_of(note).snapshot["record"]["outdated"] == {"hi": {"title": "Bandung, 1955"}}


def test_both_languages_together_are_current(note):
    bring_back(note, then(note), [("record", "", "title_en"), ("record", "", "title_hi")])
    assert draft_of(note).snapshot["record"]["outdated"] == {}


def test_what_breaks_a_rule_of_a_draft_is_refused_and_nothing_changes():
    note = TopicFactory(state=State.DRAFT, summary_en="word " * 70)
    note.summary_en = "Short."
    note.save()
    with pytest.raises(ValidationError, match="At most 60 words"):
        bring_back(note)
    assert fresh(note).summary_en == "Short."


def test_an_address_name_that_another_record_took_is_refused_with_its_name():
    note = TopicFactory(slug="bandung")
    note.slug = "bandung-1955"
    note.save()
    TopicFactory(slug="bandung", title_en="The other one")
    with pytest.raises(ValidationError, match="The other one"):
        bring_back(note)
    assert draft_of(note) is None


def test_an_anchor_that_another_section_took_is_refused():
    note = TopicFactory(state=State.DRAFT)
    section = SectionFactory(topic=note, anchor="start", heading_en="Old")
    pk, entry = str(section.pk), history.entries(note)[0]
    section.delete()
    SectionFactory(topic=note, anchor="start", heading_en="New")
    with pytest.raises(ValidationError, match="Section “New” and Section “Old”"):
        bring_back(note, entry, [("sections", pk, ROW)])


def test_links_to_what_was_deleted_are_left_out_and_named():
    country, source = CountryFactory(), SourceFactory()
    body = OrganisationFactory(state=State.DRAFT, members=[country])
    CitationFactory(record=body, source=source)
    entry = history.entries(body)[0]
    body = fresh(body)
    body.members.clear()
    body.citations.get().delete()
    country.delete()
    source.delete()
    body.name_en = "Renamed"
    body.save()
    assert bring_back(body, entry) == ["Members", "Citation"]
    assert not fresh(body).members.exists()


# --- What was deleted -------------------------------------------------------------------------------------------------


def gone(record):
    return deleted.deleted_record(type(record), record.pk)


def back(record):
    return deleted.bring_back(model=type(record), gone=gone(record), by=None)


@pytest.mark.parametrize("model", WHOLES, ids=label)
def test_a_deleted_record_of_any_kind_comes_back_as_it_was(model):
    record = make(model)
    pk, before = record.pk, snapshots.take(record)
    type(record)._base_manager.get(pk=pk).delete()
    record = model(pk=pk)
    assert [each.pk for each in deleted.deleted_records(model)] == [str(pk)]
    back(record)
    assert snapshots.take(fresh(record)) == before
    assert deleted.deleted_records(model) == []


def test_a_deleted_note_comes_back_with_its_parts_as_a_draft(superuser, reader):
    note = TopicFactory(sections=2, organisations=[OrganisationFactory()])
    note.created_by = superuser
    note.save()
    CitationFactory(record=note)
    pk, before = note.pk, snapshots.take(fresh(note))
    Topic.objects.get(pk=pk).delete()
    back(Topic(pk=pk))
    note = Topic.objects.get(pk=pk)
    assert snapshots.take(note) == before
    assert (note.state, note.created_by) == (State.DRAFT, superuser)
    assert reader.get(note.get_absolute_url()).status_code == 404


def test_the_draft_of_a_deleted_note_comes_back_in_its_text():
    note = TopicFactory()
    snapshot, _conflicts = live.working_copy(note)
    snapshot["record"]["title_hi"] = "मसौदा"
    actions.keep(record=note, snapshot=snapshot, by=None)
    pk = note.pk
    Topic.objects.get(pk=pk).delete()
    back(Topic(pk=pk))
    note = Topic.objects.get(pk=pk)
    assert (note.title_hi, draft_of(note)) == ("मसौदा", None)


def test_a_deleted_note_whose_place_was_taken_says_by_which():
    note = TopicFactory(position=3)
    pk = note.pk
    note.delete()
    TopicFactory(position=3, title_en="The newcomer")
    with pytest.raises(ValidationError, match=r"already stands at this place.*The newcomer"):
        back(Topic(pk=pk))
    assert not Topic.objects.filter(pk=pk).exists()


def test_a_question_whose_note_is_gone_waits_for_it():
    question = QuestionFactory()
    note_pk, pk = question.topic.pk, question.pk
    Topic.objects.get(pk=note_pk).delete()
    with pytest.raises(ValidationError, match="study note"):
        back(type(question)(pk=pk))
    back(Topic(pk=note_pk))
    back(type(question)(pk=pk))
    assert type(question).objects.get(pk=pk).topic_id == note_pk
