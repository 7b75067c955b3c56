"""From a file to a preview: who may bring what, and what becomes of a preview that nobody wants."""

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from apps.events.models import Event
from apps.organisations.models import Organisation
from apps.sources.models import Citation
from apps.spreadsheets import actions, rights
from apps.spreadsheets.exporting import rows
from apps.spreadsheets.kinds import Sheets
from apps.spreadsheets.models import PATIENCE, Batch, BatchPart, FilePiece
from apps.spreadsheets.records.sheet import RecordSheet
from apps.spreadsheets.refusals import Refused
from apps.spreadsheets.rights import EVERYTHING, Bringing
from apps.spreadsheets.translators.sheet import export_translations
from apps.topics.models import Section, Topic
from tests.factories import CitationFactory, EventFactory, OrganisationFactory, SectionFactory, TopicFactory
from tests.spreadsheets.sheets import bring, changes, counts, exported, fill_portal, label, written

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def may(monkeypatch):
    """``may(Bringing(…))``: that is what everybody may bring from now on."""
    return lambda bringing: monkeypatch.setattr(rights, "rules", [lambda user, sheet: bringing])


@pytest.fixture
def translator(django_user_model, may):
    """Somebody who brings Hindi alone."""
    may(Bringing(languages=("hi",)))
    return django_user_model.objects.create_user("mira")


def drafts():
    """Records that no reader sees: their translations are written into themselves."""
    EventFactory(slug="bandung", title_en="Bandung", title_hi="बांडुंग", state="draft")
    EventFactory(slug="lima", title_en="Lima", title_hi="लीमा", state="draft")


# --- Rights by column ------------------------------------------------------------------------------------------------


def test_a_translator_brings_the_columns_of_a_language(translator):
    drafts()
    batch = bring(Event, {"slug": "bandung", "title_en": "Bandung", "title_hi": "बांडुंग सम्मेलन"}, by=translator)
    assert batch.state == "imported"
    assert Event.objects.get(slug="bandung").title_hi == "बांडुंग सम्मेलन"


def test_a_whole_sheet_of_which_only_the_hindi_changed_comes_from_a_translator(translator):
    fill_portal()
    assert not bring(Topic, exported(Topic, "xlsx"), kind="xlsx", by=translator).is_refused


@pytest.mark.parametrize(
    ("column", "heading", "text"),
    [
        ("title_en", "Title [English]", "The Bandung conference"),
        ("title_en", "शीर्षक [English]", "The Bandung conference"),
        ("start", "start", "1955"),
        ("start", "start", "soon"),
        ("country", "country", "XX"),
        ("state", " STATE ", "Published"),
        ("organisations", "organisations", "g-77"),
        ("summary_en", "summary_en", "[clear]"),
    ],
)
def test_any_other_column_that_changes_refuses_the_file_by_the_name_that_stands_in_it(
    translator, column, heading, text
):
    drafts(), OrganisationFactory(slug="g-77")
    rows = [{"slug": "lima", "title_hi": "लीमा बैठक"}, {"slug": "bandung", heading: text}]
    batch = bring(Event, *rows, by=translator, good_rows=True)
    name = heading.strip() if heading != " STATE " else heading
    assert [problem.replace(heading, name) for problem in batch.problems] == [
        f"Row 3 changes “{name}”, which you may not. Take its change back."
    ]
    assert Event.objects.get(slug="lima").title_hi == "लीमा"


def test_a_translator_makes_no_record(translator):
    drafts()
    batch = bring(Event, {"slug": "belgrade", "title_hi": "बेलग्रेड"}, by=translator)
    assert batch.problems == ["Row 2 would make a new record, which you may not. Delete the row."]


def test_a_section_that_a_translator_would_make_refuses_the_workbook(translator):
    TopicFactory(slug="origins", title_en="Origins", position=1)
    notes, sections = [{"slug": "origins"}], [{"topic": "origins", "anchor": "lima", "heading_hi": "लीमा"}]
    batch = bring(Topic, written("ods", ("Study notes", notes), ("Sections", sections)), kind="ods", by=translator)
    assert "new record" in batch.problems[0]
    assert not Section.objects.exists()


def test_who_may_bring_nothing_gets_no_preview_to_confirm(django_user_model, may):
    may(Bringing())
    drafts()
    batch = bring(Event, {"slug": "bandung", "title_hi": "नया"}, by=django_user_model.objects.create_user("mira"))
    assert batch.problems
    assert batch.state != "imported"


@pytest.mark.parametrize("left", [Bringing(), Bringing(languages=("hi",)), Bringing(languages=("en",))], ids=str)
def test_rights_that_were_taken_away_since_the_preview_count(django_user_model, may, left):
    may(EVERYTHING)
    user = django_user_model.objects.create_user("asha")
    drafts()
    batch = bring(Event, {"slug": "bandung", "title_en": "New", "title_hi": "नया"}, by=user, confirm=False)
    may(left)
    with pytest.raises((Refused, PermissionDenied)):
        actions.confirm(batch=batch, by=user)
    assert Event.objects.get(slug="bandung").title_en == "Bandung"
    assert Batch.objects.get().state == "ready"


def test_a_new_record_needs_the_right_at_its_confirmation_too(django_user_model, may):
    may(EVERYTHING)
    user = django_user_model.objects.create_user("asha")
    batch = bring(Event, {"slug": "bandung", "title_hi": "नया"}, by=user, confirm=False)
    may(Bringing(languages=("hi", "en")))
    with pytest.raises((Refused, PermissionDenied)):
        actions.confirm(batch=batch, by=user)


# --- The preview -----------------------------------------------------------------------------------------------------


def test_a_preview_counts_what_is_new_changed_the_same_and_refused():
    drafts()
    rows = [
        {"slug": "belgrade", "title_en": "Belgrade"},
        {"slug": "bandung", "title_en": "Bandoeng"},
        {"slug": "lima", "title_en": "Lima"},
        {"slug": "Cairo", "title_en": "Cairo"},
    ]
    batch = bring(Event, *rows)
    assert (counts(batch), batch.rows, batch.percent) == ((1, 1, 1, 1), 4, 100)


def test_outcomes_are_paged_over_the_parts(monkeypatch):
    monkeypatch.setattr("apps.spreadsheets.staging.ROWS", 3)
    batch = bring(Event, *[{"slug": f"event-{n}", "title_en": "x"} for n in range(10)], confirm=False)
    assert batch.parts.count() == 4
    assert [each.row for each in batch.outcomes(("new", "changed"), 2, 7)] == [4, 5, 6, 7, 8]
    assert [each.row for each in batch.outcomes(("new", "changed"), 9, 20)] == [11]


def test_a_row_is_counted_as_the_spreadsheet_program_counts_it():
    batch = bring(
        Event, {"slug": "a", "title_en": "A"}, {}, {}, {"slug": "b", "title_en": "B"}, kind="xlsx", confirm=False
    )
    assert set(changes(batch)) == {2, 5}


def test_refused_rows_and_changes_are_listed_in_the_order_of_the_file():
    # Row 2 waits for the rows below it, for its organisation may stand there: it is judged last.
    rows = [
        {"slug": "a", "title_en": "A", "organisations": "nobody"}, {"slug": "b", "title_en": "B", "start": "x"},
        {"slug": "c", "title_en": "C"},
    ]  # fmt: skip
    batch = bring(Event, *rows, confirm=False)
    assert [each.row for each in batch.outcomes(("refused",))] == [2, 3]
    assert [each.row for each in batch.outcomes(("refused",), 1, 2)] == [3]
    kind = Organisation.Kind.MULTILATERAL_FORUM
    rows = [
        {"slug": "g-77", "name_en": "G77", "kind": kind, "parent": "unctad"},
        {"slug": "unctad", "name_en": "UNCTAD", "kind": kind},
    ]
    batch = bring(Organisation, *rows, confirm=False)
    assert [each.row for each in batch.outcomes(("new",))] == [2, 3]


def test_a_section_of_a_refused_new_note_is_told_which_row_to_mend():
    notes = [{"slug": "origins", "title_en": "Origins", "publish_at": "soon"}]
    sections = [{"topic": "origins", "anchor": "lima", "heading_en": "Lima", "body_en": "1971"}]
    batch = bring(Topic, written("xlsx", ("Notes", notes), ("Sections", sections)), kind="xlsx", confirm=False)
    (_note, section) = batch.outcomes(("refused",))
    assert [sentence for _column, _text, sentence in section.errors] == [
        "There is no study note “origins”: row 2 would make it, and is refused."
    ]


def test_a_new_note_can_be_named_by_its_title_in_the_same_workbook():
    notes = [{"slug": "origins", "title_en": "The origins", "position": "1"}]
    names = ["origins", "The origins", "The origins (origins)"]
    sections = [
        {"topic": name, "anchor": f"s-{place}", "position": str(place), "heading_en": "Lima", "body_en": "1971"}
        for place, name in enumerate(names)
    ]
    batch = bring(Topic, written("xlsx", ("Notes", notes), ("Sections", sections)), kind="xlsx", confirm=False)
    assert (batch.new, batch.refused) == (4, 0)


def test_of_two_rows_about_one_record_none_is_imported():
    EventFactory(slug="lima", title_en="Lima")
    rows = [
        {"slug": "bandung", "title_en": "One"}, {"slug": "lima", "title_en": "Lima"},
        {"slug": "bandung", "title_en": "Two"}, {"slug": "lima", "title_en": "Lima, Peru"},
    ]  # fmt: skip
    batch = bring(Event, *rows, good_rows=True)
    said = {each.row: each.errors[0][2] for each in batch.outcomes(("refused",))}
    assert said == {
        2: "Row 4 is about the same. Keep one of the two.", 4: "Row 2 is about the same record. Keep one of the two.",
        5: "Row 3 is about the same record. Keep one of the two.",
    }  # fmt: skip
    assert (batch.same, Event.objects.count()) == (1, 1)


def test_a_section_is_called_by_its_heading_and_its_note():
    section_of_origins("lima")
    batch = bring(Section, {"topic": "origins", "anchor": "lima", "heading_en": "Lima, 1971"}, confirm=False)
    assert [each.name for each in batch.outcomes(("changed",))] == ["Lima, 1971 (origins/lima)"]


@pytest.mark.parametrize("other", [Organisation, "translate:en:hi"])
def test_a_file_for_another_page_is_told_so_in_one_sentence(other):
    fill_portal()
    if other is Organisation:
        data, named = exported(Organisation), "Organisations"
    else:
        with export_translations("csv", "en", "hi") as file:
            data, named = file.read(), "Translator's sheet, English to Hindi"
    assert bring(Event, data).problems == [f"These are the columns of another kind of sheet: {named}. Bring it there."]


def test_what_is_wrong_in_a_column_that_the_file_lacks_is_said_by_its_label():
    EventFactory(slug="bandung", start="1955-04-18", end="1955-04-24")
    batch = bring(Event, {"slug": "bandung", "start": "1960"})
    (outcome,) = batch.outcomes(("refused",))
    ((column, _text, sentence),) = outcome.errors
    assert Sheets(batch).label(outcome, column) == "Last day"
    assert sentence == "The last day, 1955-04-24, comes before the first, 1960."


def test_queries_grow_with_parts_not_with_rows(django_assert_max_num_queries):
    OrganisationFactory(slug="g-77"), OrganisationFactory(slug="unctad")

    def rows(count):
        return [
            {"slug": f"e-{n}", "title_en": f"E {n}", "start": "1964", "organisations": "g-77; unctad"}
            for n in range(count)
        ]

    bring(Event, *rows(1), confirm=False)  # what is read once in a process
    with django_assert_max_num_queries(45) as few:
        assert bring(Event, *rows(40), confirm=False).new == 40
    with django_assert_max_num_queries(len(few)):
        assert bring(Event, *rows(400), confirm=False).new == 400
    bring(Event, *rows(400))
    with django_assert_max_num_queries(len(few) + 2):
        assert bring(Event, *rows(400)).same == 400


ROWS_TO_CHANGE = {
    Organisation: lambda n: ({"slug": OrganisationFactory(slug=f"o-{n}").slug}, "name_en"),
    Section: lambda n: ({"topic": "origins", "anchor": section_of_origins(f"s-{n}").anchor}, "heading_en"),
    Citation: lambda n: ({"record": f"events.event/{cited(f'e-{n}').slug}", "position": "1"}, "note_en"),
}  # fmt: skip


def section_of_origins(anchor):
    note = Topic.objects.filter(slug="origins").first() or TopicFactory(slug="origins")
    return SectionFactory(topic=note, anchor=anchor)


def cited(slug):
    event = EventFactory(slug=slug, organisations=[OrganisationFactory()])
    CitationFactory(record=event, position=1)
    return event


@pytest.mark.parametrize("model", ROWS_TO_CHANGE, ids=label)
def test_many_changed_rows_take_as_many_queries_as_few(model, django_assert_max_num_queries):
    rows = [{**keys, name: "New"} for keys, name in map(ROWS_TO_CHANGE[model], range(14))]
    bring(model, rows[0])
    with django_assert_max_num_queries(60) as few:
        bring(model, *rows[1:3])
    with django_assert_max_num_queries(len(few)):
        assert bring(model, *rows[3:]).changed == 11


# --- A preview that nobody wants -------------------------------------------------------------------------------------


def test_a_cancelled_preview_leaves_neither_rows_nor_file():
    batch = bring(Event, {"slug": "bandung", "title_en": "x"}, confirm=False)
    actions.cancel(batch)
    batch.refresh_from_db()
    assert (batch.state, BatchPart.objects.count(), FilePiece.objects.count()) == ("cancelled", 0, 0)
    with pytest.raises(Refused):
        actions.confirm(batch=batch, by=None)
    assert not Event.objects.exists()


def test_what_is_cancelled_while_it_is_read_stays_cancelled(monkeypatch):
    monkeypatch.setattr("apps.spreadsheets.staging.ROWS", 2)
    seen = []

    def cancel(done):
        seen.append(done)
        actions.cancel(Batch.objects.get())

    data = written("csv", ("1", [{"slug": f"event-{n}", "title_en": "x"} for n in range(10)]))
    actions.receive(
        data=data, file_name="a.csv", file_kind="csv", sheet="events.event", by=None, language="en", progress=cancel
    )
    assert (Batch.objects.get().state, BatchPart.objects.count(), seen) == ("cancelled", 0, [2])


def test_an_old_preview_is_no_longer_valid():
    batch = bring(Event, {"slug": "bandung", "title_en": "x"}, confirm=False)
    Batch.objects.update(made_at=timezone.now() - PATIENCE)
    batch.refresh_from_db()
    with pytest.raises(Refused, match="no longer valid"):
        actions.confirm(batch=batch, by=None)


def test_old_previews_are_forgotten_with_their_files_and_nothing_else_is(monkeypatch):
    kept = bring(Event, {"slug": "bandung", "title_en": "x"})
    old = bring(Event, {"slug": "lima", "title_en": "x"}, confirm=False)
    Batch.objects.update(made_at=timezone.now() - PATIENCE)
    new = bring(Event, {"slug": "cairo", "title_en": "x"}, confirm=False)
    assert actions.forget_old() == 1
    states = dict(Batch.objects.values_list("pk", "state"))
    assert states == {kept.pk: "imported", old.pk: "cancelled", new.pk: "ready"}
    assert set(BatchPart.objects.values_list("batch", flat=True)) == {kept.pk, new.pk}
    assert list(FilePiece.objects.values_list("batch", flat=True)) == [new.pk]


def test_a_file_that_is_none_is_refused_with_a_sentence():
    batch = bring(Event, b"%PDF-1.7", kind="xlsx")
    assert len(batch.problems) == 1
    assert not FilePiece.objects.exists()
    with pytest.raises(Refused):
        actions.confirm(batch=batch, by=None)


def test_the_batch_says_which_file_it_was():
    data = written("csv", ("1", [{"slug": "bandung", "title_en": "x"}]))
    one, other = bring(Event, data, confirm=False), bring(Event, data + b"\n", confirm=False)
    assert one.file_hash != other.file_hash
    assert len(one.file_hash) == 64


# --- A sheet that an editor keeps -------------------------------------------------------------------------------------


def kept_sheet(model):
    """The rows of ``model`` with their versions, as somebody keeps them."""
    sheet = RecordSheet(model)
    names = [column.name for column in sheet.all_columns]
    found = rows(sheet, list(model.objects.values_list("pk", flat=True)))
    return [dict(zip(names, texts, strict=True)) for texts in found]


def test_a_sheet_that_one_keeps_comes_again_and_again(superuser):
    EventFactory(slug="bandung", title_en="One")
    (row,) = kept_sheet(Event)
    for title in ("Two", "Three", "Four"):
        assert bring(Event, {**row, "title_en": title}, by=superuser).changed == 1
    assert Event.objects.get().title_en == "Four"


def test_a_sheet_that_was_undone_comes_again(superuser):
    EventFactory(slug="bandung", title_en="One")
    (row,) = kept_sheet(Event)
    batch = bring(Event, {**row, "title_en": "Two"}, by=superuser)
    actions.undo(batch=batch, by=superuser)
    assert bring(Event, {**row, "title_en": "Three"}, by=superuser).changed == 1


def test_what_somebody_else_brought_meanwhile_is_not_overwritten(superuser, django_user_model):
    other = django_user_model.objects.create_superuser("ravi")
    EventFactory(slug="bandung", title_en="One")
    (row,) = kept_sheet(Event)
    bring(Event, {**row, "title_en": "Two"}, by=superuser)
    assert bring(Event, {**row, "title_en": "Three"}, by=other).refused == 1
    Event.objects.get().save()
    assert bring(Event, {**row, "title_en": "Three"}, by=superuser).refused == 1
