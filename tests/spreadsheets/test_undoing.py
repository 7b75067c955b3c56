"""An import is put back, as long as nothing else has touched its records since."""

import pytest
from django.template.loader import render_to_string
from django.utils import translation
from reversion.models import Revision

from apps.comments.models import Comment
from apps.events.models import Event
from apps.organisations.models import Country, Organisation
from apps.publishing.models import Draft
from apps.spreadsheets import actions, jobs, undoing
from apps.spreadsheets.models import Batch
from apps.spreadsheets.refusals import Refused
from apps.topics.models import Section, Topic
from tests.factories import (
    CitationFactory,
    CountryFactory,
    EventFactory,
    OrganisationFactory,
    SectionFactory,
    TopicFactory,
)
from tests.spreadsheets.sheets import (
    MODELS,
    bring,
    fill_portal,
    label,
    optional_columns,
    refusal,
    sheet_of,
    written,
)

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def undo(batch, by=None):
    actions.undo(batch=batch, by=by)
    batch.refresh_from_db()
    return batch


def state_of_things(model):
    """Every row as it is stored, but for the times of change; links too."""
    links = [field.name for field in model._meta.many_to_many]
    rows = model._base_manager.order_by("pk")
    plain = [{name: value for name, value in row.items() if name != "updated_at"} for row in rows.values()]
    return plain, [[sorted(getattr(row, name).values_list("pk", flat=True)) for name in links] for row in rows]


# --- Everything is back ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("model", MODELS, ids=label)
def test_everything_that_an_import_changed_is_back(model):
    fill_portal()
    if hasattr(model, "outdated"):
        model.objects.update(outdated={"hi": {model.label_field or "note": "what it was made from"}})
    before = state_of_things(model)
    batch = bring(model, *[_changed(model, row) for row in sheet_of(model)])
    assert batch.changed == model.objects.count(), batch.problems
    assert state_of_things(model) != before
    assert undo(batch).state == "undone"
    assert state_of_things(model) == before


def _changed(model, row):
    """As many cells as may be emptied are, and the texts are others."""
    emptied = [name for name in optional_columns(model) if name in row and name not in {"start", "correct"}]
    texts = [name for name in row if name.endswith(("_en", "_hi"))]
    right = {"correct": "2"} if "correct" in row else {}
    return row | dict.fromkeys(texts, "One\ntwo\nthree") | dict.fromkeys(emptied, "[clear]") | right


def test_relations_that_were_set_are_as_they_were():
    india, kenya = CountryFactory(code="IN"), CountryFactory(code="KE")
    parent = OrganisationFactory(slug="unctad")
    record = OrganisationFactory(slug="g-77", members=[india], parent=parent)
    batch = bring(Organisation, {"slug": "g-77", "members": "KE", "parent": "[clear]"})
    assert list(record.members.all()) == [kenya]
    undo(batch)
    record.refresh_from_db()
    assert (list(record.members.all()), record.parent) == ([india], parent)


@pytest.mark.parametrize("rows", [1, 500])
def test_new_records_are_gone_with_their_links_and_parts(rows, monkeypatch):
    monkeypatch.setattr("apps.spreadsheets.staging.ROWS", rows)
    fill_portal()
    before = {model: state_of_things(model) for model in (Topic, Section)}
    notes = [
        {"slug": f"note-{n}", "position": str(70 + n), "title_en": "New", "events": "bandung", "organisations": "g-77"}
        for n in range(3)
    ]
    sections = [{"topic": f"note-{n}", "anchor": "a", "heading_en": "New"} for n in range(3)]
    batch = bring(Topic, written("xlsx", ("Study notes", notes), ("Sections", sections)), kind="xlsx")
    assert batch.new == 6
    assert undo(batch).state == "undone"
    assert {model: state_of_things(model) for model in (Topic, Section)} == before


def test_new_records_that_name_each_other_are_gone():
    rows = [
        {"slug": slug, "name_en": slug, "kind": "un_body", "parent": parent}
        for slug, parent in [("a", "b"), ("b", "a")]
    ]
    undo(bring(Organisation, *rows))
    assert not Organisation.objects.exists()


def test_notes_that_changed_places_change_back():
    TopicFactory(slug="a", position=1), TopicFactory(slug="b", position=2)
    undo(bring(Topic, {"slug": "a", "position": "2"}, {"slug": "b", "position": "1"}))
    assert dict(Topic.objects.values_list("slug", "position")) == {"a": 1, "b": 2}


def test_translations_are_as_outdated_as_they_were():
    EventFactory(slug="bandung", title_en="Old", title_hi="पुराना")
    batch = bring(Event, {"slug": "bandung", "title_en": "New"})
    assert Event.objects.get().outdated
    undo(batch)
    assert Event.objects.get().outdated == {}


@pytest.mark.parametrize("text", ["[clear]", "'[clear]", "  two  spaces ", "=1+1"])
def test_whatever_text_stood_there_is_back(text):
    EventFactory(slug="bandung")
    Event.objects.update(summary_en=text)
    undo(bring(Event, {"slug": "bandung", "summary_en": "Other"}))
    assert Event.objects.get().summary_en == text


def test_a_relation_is_back_though_the_other_record_is_called_otherwise_now():
    organisation = OrganisationFactory(slug="g-77")
    EventFactory(slug="bandung", organisations=[organisation])
    batch = bring(Event, {"slug": "bandung", "organisations": "[clear]"})
    organisation.slug = "group-of-77"
    organisation.save()
    undo(batch)
    assert list(Event.objects.get().organisations.all()) == [organisation]


def test_an_import_in_hindi_is_undone_by_an_english_desk():
    EventFactory(slug="bandung", state="draft")
    batch = bring(Event, {"slug": "bandung", "state": "समीक्षा में"}, language="hi")
    with translation.override("en"):
        undo(batch)
    assert Event.objects.get().state == "draft"


def test_of_an_import_of_good_rows_only_these_are_undone():
    EventFactory(slug="bandung", title_en="Old")
    batch = bring(Event, {"slug": "bandung", "title_en": "New"}, {"slug": "Cairo", "title_en": "x"}, good_rows=True)
    undo(batch)
    assert Event.objects.get().title_en == "Old"


def test_history_says_who_undid_it(django_user_model):
    asha, mira = (django_user_model.objects.create_superuser(name) for name in ("asha", "mira"))
    EventFactory(slug="bandung")
    undo(bring(Event, {"slug": "bandung", "title_en": "New"}, by=asha), by=mira)
    assert Revision.objects.get(comment="An import from a sheet was undone.").user == mira


def test_it_is_undone_once():
    EventFactory(slug="bandung", title_en="Old")
    batch = undo(bring(Event, {"slug": "bandung", "title_en": "New"}))
    with pytest.raises(Refused, match="only once"):
        actions.undo(batch=batch, by=None)


@pytest.mark.parametrize("step", ["preview", "cancelled"])
def test_what_was_not_imported_is_not_undone(step):
    EventFactory(slug="bandung", title_en="Old")
    batch = bring(Event, {"slug": "bandung", "title_en": "New"}, confirm=False)
    if step == "cancelled":
        actions.cancel(batch)
    with pytest.raises(Refused, match="Only what was imported"):
        actions.undo(batch=batch, by=None)


def test_the_same_sheet_can_be_brought_again_after_it_was_undone():
    undo(bring(Event, {"slug": "cairo", "title_en": "Cairo"}))
    assert bring(Event, {"slug": "cairo", "title_en": "Cairo"}).new == 1


# --- Something else has touched them ---------------------------------------------------------------------------------


def comment(note):
    Comment.objects.create(topic=note, name="A", text="B", language="en")


def begin_draft(record):
    Draft.objects.create(record=record, object_id=record.pk, snapshot={"record": {}}, base={})


def save(record):
    record.save()


G_77 = {"slug": "g-77", "name_en": "x", "kind": "un_body"}
TOUCHES = {
    "edited": (save, "It was changed since."),
    "deleted": (lambda record: record.delete(), "It was deleted since."),
}


@pytest.mark.parametrize("touch", TOUCHES)
@pytest.mark.parametrize("is_new", [True, False], ids=["new", "changed"])
def test_a_record_that_was_touched_since_keeps_everything_from_being_undone(touch, is_new, monkeypatch):
    monkeypatch.setattr("apps.spreadsheets.staging.ROWS", 2)
    if not is_new:
        for number in range(5):
            EventFactory(slug=f"event-{number}", title_en="Old")
    batch = bring(Event, *[{"slug": f"event-{number}", "title_en": "New"} for number in range(5)])
    act, sentence = TOUCHES[touch]
    act(Event.objects.get(slug="event-3"))
    left = Event.objects.count()
    said = refusal(actions.undo, batch=batch, by=None)
    assert said == [
        "Something else has touched records of this sheet since. Nothing was undone.", f"Row 5, “New”: {sentence}"
    ]  # fmt: skip
    assert Event.objects.filter(title_en="New").count() == left
    batch.refresh_from_db()
    assert batch.state == "imported"


@pytest.mark.parametrize(
    "lean",
    [
        lambda note: comment(note),
        lambda note: SectionFactory(topic=note),
        lambda note: CitationFactory(record=note),
    ],
    ids=["comment", "section", "citation"],
)
def test_a_new_note_that_something_else_belongs_to_stays(lean):
    batch = bring(Topic, {"slug": "origins", "position": "1", "title_en": "Origins"})
    lean(Topic.objects.get())
    assert refusal(actions.undo, batch=batch, by=None)[1:] == [
        "Row 2, “Origins”: Something else belongs to it or names it by now."
    ]
    assert Topic.objects.exists()


@pytest.mark.parametrize(
    ("model", "row", "lean"),
    [
        (Organisation, G_77, lambda record: EventFactory(organisations=[record])),
        (Organisation, G_77, lambda record: OrganisationFactory(parent=record)),
        (Country, {"code": "IN", "name_en": "x"}, lambda record: EventFactory(country=record)),
        (Country, {"code": "IN", "name_en": "x"}, lambda record: OrganisationFactory(members=[record])),
        (Event, {"slug": "bandung", "title_en": "x"}, lambda record: TopicFactory(events=[record])),
    ],
)  # fmt: skip
def test_a_new_record_that_another_names_by_now_stays(model, row, lean):
    batch = bring(model, row)
    lean(model.objects.get())
    assert "names it by now" in refusal(actions.undo, batch=batch, by=None)[1]
    assert model.objects.filter(**{model.key_lookups[0]: next(iter(row.values()))}).exists()


def test_a_comment_on_a_note_that_was_only_changed_does_not_matter():
    note = TopicFactory(slug="origins", title_en="Old")
    batch = bring(Topic, {"slug": "origins", "title_en": "New"})
    comment(note)
    assert undo(batch).state == "undone"


@pytest.mark.parametrize("model", [Topic, Section], ids=label)
def test_a_record_whose_draft_somebody_works_on_stays(model):
    note = TopicFactory(slug="origins", sections=1)
    row = {"slug": "origins", "title_en": "New"} if model is Topic else {
        "topic": "origins", "anchor": "section-1", "heading_en": "New"
    }  # fmt: skip
    batch = bring(model, row)
    begin_draft(note)
    name = "New" if model is Topic else "New (origins/section-1)"
    assert refusal(actions.undo, batch=batch, by=None)[1:] == [f"Row 2, “{name}”: There is a draft of it by now."]


def test_a_draft_of_before_does_not_matter():
    note = TopicFactory(slug="origins", title_en="Old")
    begin_draft(note)
    assert undo(bring(Topic, {"slug": "origins", "title_en": "New"})).state == "undone"


def test_a_record_that_named_another_which_was_deleted_since_stays():
    organisation = OrganisationFactory(slug="g-77")
    EventFactory(slug="bandung", organisations=[organisation])
    batch = bring(Event, {"slug": "bandung", "organisations": "[clear]"})
    organisation.delete()
    assert "was deleted since" in refusal(actions.undo, batch=batch, by=None)[1]


# --- The question ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["en", "hi"])
@pytest.mark.parametrize("is_of_texts", [True, False], ids=["texts", "records"])
def test_the_question_groups_its_numbers_as_all_pages_do(language, is_of_texts):
    facts = {"batch": Batch(new=3000, changed=12_500), "is_of_texts": is_of_texts}
    with translation.override(language):
        html = render_to_string("admin/spreadsheets/_undo_question.html", facts)
    assert "3,000 " in html
    assert "12,500 " in html


def test_the_question_of_one_row_is_in_the_singular():
    html = render_to_string("admin/spreadsheets/_undo_question.html", {"batch": Batch(new=1)})
    assert "1 record that the import made is deleted." in html


# --- Several at once -------------------------------------------------------------------------------------------------


def test_of_two_workers_that_undo_it_neither_takes_the_other_for_somebody_who_touched_it(monkeypatch):
    monkeypatch.setattr("apps.spreadsheets.staging.ROWS", 2)
    EventFactory(slug="event-0", title_en="Old")
    batch = bring(Event, *[{"slug": f"event-{number}", "title_en": "New"} for number in range(4)])
    assert batch.move("imported", to="undoing")
    found = []

    def each_part(self, parts):
        """Of the slower worker: it knows its parts when the other one puts the last of them back."""
        found.extend(self.parts.get(pk=pk) for pk in parts.values_list("pk", flat=True))
        monkeypatch.undo()
        jobs.finish_undo(Batch.objects.get(), None, seconds=1e-9)
        yield from reversed(found)

    monkeypatch.setattr(undoing, "_made", lambda batch: frozenset())
    monkeypatch.setattr(Batch, "each_part", each_part)
    assert jobs.finish_undo(batch, None)
    batch.refresh_from_db()
    assert (len(found), batch.state, batch.problems) == (2, "undone", [])
    assert list(Event.objects.values_list("title_en", flat=True)) == ["Old"]


def test_what_was_undone_in_part_says_how_many_rows_stay_and_is_undone_later(monkeypatch):
    monkeypatch.setattr("apps.spreadsheets.staging.ROWS", 2)
    batch = bring(Topic, *[{"slug": f"note-{n}", "position": str(n + 1), "title_en": "New"} for n in range(6)])
    assert batch.move("imported", to="undoing")
    comment(Topic.objects.get(slug="note-2"))
    jobs.finish_undo(batch, None)
    batch.refresh_from_db()
    assert (batch.state, Topic.objects.count()) == ("imported", 4)
    assert batch.problems == [
        "4 rows stay imported, because of what something else has touched since:",
        "Row 4, “New” stays imported: Something else belongs to it or names it by now.",
    ]
    Comment.objects.all().delete()
    assert (undo(batch).state, batch.problems, Topic.objects.count()) == ("undone", [], 0)
