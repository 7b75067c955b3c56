"""The translator's sheet on its way back: what it would change, and what is refused, by name."""

from html import escape

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.content.models import State
from apps.content.translation_state import TranslationState, states
from apps.events.models import Event
from apps.organisations.models import Country
from apps.publishing.history import entries
from apps.spreadsheets import actions
from apps.spreadsheets.columns import CLEAR, Column
from apps.spreadsheets.kinds import sheet_named
from apps.spreadsheets.models import Batch
from apps.spreadsheets.refusals import Refused
from tests.factories import CitationFactory, CountryFactory, EventFactory, QuestionFactory, SectionFactory, TopicFactory
from tests.spreadsheets.files.packages import inline, xlsx
from tests.spreadsheets.translators.sheets import (
    bring,
    complaints,
    confirmed,
    differences,
    member,
    receive,
    row_of,
    rows_out,
    translator,
    typed,
    working_texts,
)

pytestmark = [pytest.mark.django_db, pytest.mark.database]

texts = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cf"], exclude_characters="\ufffe\uffff"), max_size=40
)
lines = st.lists(
    texts | st.sampled_from(["=1+1", "@", "'=x", "\t", "  दो ", CLEAR, f"'{CLEAR}", "-5", "007"]), min_size=1
)


@pytest.fixture
def event():
    return EventFactory(slug="bandung", title_en="Bandung Conference", title_hi="बांडुंग", state=State.DRAFT)


def filled(rows=None, *, target_hi="बांडुंग सम्मेलन", **cells):
    """The title of the event, as the only row of the sheet, with other texts in its cells."""
    row = row_of(rows or rows_out(), "events.event", "bandung", "title")
    return [{**row, "target_hi": target_hi, **cells}]


def counts(batch):
    return {name: count for name in ("new", "changed", "same", "refused") if (count := getattr(batch, name))}


# --- What it changes --------------------------------------------------------------------------------------------------


def test_the_sheet_as_it_went_out_changes_nothing(event):
    TopicFactory(sections=2)
    rows = rows_out()
    batch = bring(rows, translator())
    assert counts(batch) == {"same": len(rows)}, complaints(batch)


def test_a_translation_is_previewed_then_saved_and_up_to_date(event):
    event.title_en = "The Bandung Conference"
    event.save()
    batch = bring(filled(), translator())
    (outcome,) = batch.outcomes(("changed",))
    assert outcome.cells == {"target_hi": ["बांडुंग", "बांडुंग सम्मेलन"]}
    assert outcome.name == "Event: The Bandung Conference · Title"
    before = working_texts()
    confirmed(batch)
    event.refresh_from_db()
    assert batch.state == Batch.State.IMPORTED
    assert differences(before, working_texts()) == {("events.event", event.pk, "title_hi"): "बांडुंग सम्मेलन"}
    assert states(event)["title"]["hi"] == TranslationState.CURRENT


def test_rows_may_stand_in_any_order_and_be_deleted(event):
    rows = rows_out()
    assert counts(bring([rows[-1], *filled(rows)], translator())) == {"changed": 1, "same": 1}


def test_five_columns_are_enough(event):
    few = [{name: row[name] for name in ("field", "target_hi", "key", "kind", "version")} for row in filled()]
    batch = confirmed(bring(few, translator()))
    event.refresh_from_db()
    assert (batch.changed, event.title_hi) == (1, "बांडुंग सम्मेलन")


def test_without_a_version_what_is_missing_is_filled_and_nothing_is_overwritten(event):
    """Somebody took the version's column out and kept the sheet for long: what others wrote since stays."""
    TopicFactory(slug="origins", title_en="Origins", title_hi="", state=State.DRAFT)
    rows = [{**row_of(rows_out(), "topics.topic", "origins", "title"), "target_hi": "उद्गम"}, *filled()]
    batch = bring([row | {"version": ""} for row in rows], translator())
    assert counts(batch) == {"changed": 1, "refused": 1}
    assert complaints(batch) == [
        "There is a translation: “बांडुंग”. Without its version nobody can tell whether this row is older than that. "
        "Export it again and enter your change there."
    ]


def test_a_sheet_that_one_keeps_comes_again_and_again(event):
    mira, rows = translator(), rows_out()
    for text in ("बांडुंग सम्मेलन", "बांडुंग का सम्मेलन", "बांडुंग में हुआ सम्मेलन"):
        confirmed(bring(filled(rows, target_hi=text), mira))
    event.refresh_from_db()
    assert event.title_hi == "बांडुंग में हुआ सम्मेलन"
    assert bring(filled(rows, target_hi="और कुछ"), translator()).refused == 1


@pytest.mark.parametrize("key", ["Bandung", " bandung ", "Bandung Conference", "बांडुंग"])
def test_a_record_is_found_by_its_name_too(event, key):
    assert counts(bring(filled(key=key), translator())) == {"changed": 1}


def test_capital_letters_in_the_key_of_a_section_are_no_matter():
    TopicFactory(slug="origins", sections=1)
    row = typed("topics.section", "origins/section-1", "body", "नया")
    assert counts(bring([row | {"kind": "Topics.Section", "key": "Origins/Section-1"}])) == {"changed": 1}


@pytest.mark.parametrize("column", ["record", "text", "state", "source_then"])
def test_a_translation_in_the_wrong_column_is_not_lost_without_a_word(event, column):
    batch = bring(filled(target_hi="", **{column: "बांडुंग सम्मेलन"}), translator())
    assert any("which you may not. Take its change back." in sentence for sentence in batch.problems)
    assert "This column is only for reading. Write the translation beside the source." in complaints(batch)


@pytest.mark.parametrize(("column", "words"), [("kind", "no kind of record"), ("field", "have no text")])
def test_nor_one_that_was_written_over_what_says_which_text_it_is(event, column, words):
    batch = bring(filled(target_hi="", **{column: "बांडुंग सम्मेलन"}), translator())
    assert words in complaints(batch)[0]


def test_a_text_that_somebody_found_still_right_meanwhile_is_no_change_of_the_sheet(event):
    event.title_en = "The Bandung Conference"
    event.save()
    rows = rows_out()
    row = row_of(rows, "events.event", "bandung", "title")
    assert row["source_then"] == "Bandung Conference"
    event.outdated = {}
    event.save(keep_outdated=True)
    assert counts(bring([row], translator())) == {"same": 1}


def test_a_record_that_was_renamed_meanwhile_is_no_change_of_the_sheet(event):
    rows = rows_out()
    row = row_of(rows, "events.event", "bandung", "summary")
    event.title_en = "The Bandung Conference"
    event.save()
    assert counts(bring([row | {"target_hi": "एक नया सार।"}], translator())) == {"changed": 1}


def test_a_source_of_which_only_the_spaces_changed_is_the_same(event):
    assert counts(bring(filled(source_en=" Bandung  Conference "), translator())) == {"changed": 1}


def test_an_edited_source_is_told_what_stood_there(event):
    batch = bring(filled(source_en="03/01/87"), translator())
    assert "You may not change this column. The portal has: “Bandung Conference”." in complaints(batch)


def test_an_empty_cell_leaves_the_translation(event):
    assert counts(bring(filled(target_hi=""), translator())) == {"same": 1}


def test_the_clear_mark_empties_it(event):
    confirmed(bring(filled(target_hi=CLEAR), translator()))
    event.refresh_from_db()
    assert event.title_hi == ""


def test_what_the_record_cannot_be_without_is_not_emptied():
    CountryFactory(code="IN", name_en="", name_hi="भारत")
    batch = bring([typed("organisations.country", "IN", "name", CLEAR)], translator())
    assert complaints(batch) == ["Write this in at least one language."]


def test_a_record_without_drafts_is_saved_at_once():
    CountryFactory(code="IN", name_en="India", name_hi="")
    (row,) = rows_out(models=[Country])
    confirmed(bring([{**row, "target_hi": "भारत"}], translator()))
    assert Country.objects.get().name_hi == "भारत"


def test_hindi_is_translated_into_english_where_it_came_first():
    note = TopicFactory(slug="uday", source_language="hi", state=State.DRAFT, title_hi="उद्गम", title_en="")
    row = row_of(rows_out("hi", "en"), "topics.topic", "uday", "title")
    batch = bring([{**row, "target_en": "Origins"}], translator("English"), "hi", "en")
    before = working_texts()
    confirmed(batch)
    assert differences(before, working_texts()) == {("topics.topic", note.pk, "title_en"): "Origins"}


def test_each_of_two_rows_of_one_key_finds_its_own():
    note = TopicFactory(slug="origins")
    _first, second = [CitationFactory(record=note, position=1, note_en=f"Page {number}") for number in (1, 2)]
    (row,) = [row for row in rows_out() if row["source_en"] == "Page 2"]
    before = working_texts()
    confirmed(bring([{**row, "target_hi": "पृष्ठ 2"}]))
    assert differences(before, working_texts()) == {("sources.citation", second.pk, "note_hi"): "पृष्ठ 2"}


@settings(max_examples=15)
@given(st.lists(lines.map("\n".join), min_size=1, max_size=8))
def test_any_text_comes_in_and_goes_out_as_it_is(many):
    Event.objects.all().delete()
    texts = {f"any-{number}": text.strip() for number, text in enumerate(many) if text.strip()}  # as the form does
    for key in texts:
        EventFactory(slug=key, title_en="Any", state=State.DRAFT, summary_hi="")
    address, show = {"kind": "events.event", "field": "summary"}, Column(Event, "summary_hi").show
    rows = [{**address, "key": key, "target_hi": show(text)} for key, text in texts.items()]
    batch = bring(rows) if rows else None
    if not batch or not batch.changed:
        return
    refused = {outcome.row for outcome in batch.outcomes(("refused",))}  # damage from an old font, by chance
    taken = [row for number, row in enumerate(rows, start=2) if number not in refused]
    confirmed(batch, good_rows=bool(refused))
    found = rows_out()
    out = [row_of(found, "events.event", row["key"], "summary") for row in taken]
    assert [row["target_hi"] for row in out] == [row["target_hi"] for row in taken]
    assert counts(bring(out)) == {"same": len(taken)}
    stored = dict(Event.objects.values_list("slug", "summary_hi"))
    assert [stored[row["key"]] for row in taken] == [texts[row["key"]] for row in taken]


def test_what_is_saved_stands_in_the_history_under_the_translators_name(event):
    by = translator()
    confirmed(bring(filled(), by))
    entry = entries(event)[0]
    assert (entry.by, entry.comment) == (by, "Imported from a sheet.")


def test_a_long_sheet_is_written_in_small_parts():
    CountryFactory.create_batch(60, name_hi="")
    rows = [{**row, "target_hi": f"देश {number}"} for number, row in enumerate(rows_out())]
    batch = confirmed(bring(rows, translator()))
    assert max(batch.parts.values_list("writes", flat=True)) <= 50
    assert Country.objects.exclude(name_hi="").count() == 60


@pytest.mark.parametrize("name", ["translate:en:en", "translate:en:xx", "translate:en", "other:en:hi", "no.model"])
def test_a_kind_of_sheet_that_there_is_not_is_not_found(name):
    with pytest.raises(LookupError):
        sheet_named(name)


# --- What is refused: rights ------------------------------------------------------------------------------------------


def test_an_edited_english_cell_refuses_the_file(event):
    batch = bring(filled(source_en="Bandung"), translator())
    assert batch.problems == ["Row 2 changes “source_en”, which you may not. Take its change back."]
    with pytest.raises(Refused):
        confirmed(batch)


def test_an_edited_english_cell_refuses_the_file_also_without_a_version_and_for_who_may_do_all(event, superuser):
    assert bring(filled(source_en="Bandung", version=""), superuser).problems


def test_a_translator_into_another_language_may_bring_nothing(event):
    batch = bring(filled(), translator("English"))
    assert batch.problems == ["Row 2 changes “target_hi”, which you may not. Take its change back."]


def test_the_sheet_of_another_language_is_refused_whole():
    TopicFactory(source_language="hi")
    batch = bring(rows_out("hi", "en"), translator())
    assert batch.problems == ["This is a sheet between other languages. Here it must be from English to Hindi."]


def test_a_new_row_is_refused(event):
    batch = bring([{"kind": "events.event", "key": "lusaka", "field": "title", "target_hi": "लुसाका"}], translator())
    assert complaints(batch) == ["There is no event “lusaka”."]


def test_a_right_lost_since_the_preview_counts(event):
    by = translator()
    batch = bring(filled(), by)
    by.groups.clear()
    with pytest.raises(PermissionDenied):
        actions.confirm(batch=Batch.objects.get(pk=batch.pk), by=by)
    event.refresh_from_db()
    assert event.title_hi == "बांडुंग"


@pytest.mark.parametrize("groups", [(), ("Moderators",)])
def test_who_has_no_right_at_all_brings_nothing(event, groups):
    batch = bring(filled(), member(*groups))
    assert batch.problems
    assert batch.writes == 0


def test_only_of_records_that_one_may_see(event):
    by = translator()
    by.groups.clear()
    codes = ["translate_into_hi", "view_topic", "view_section", "view_citation"]
    by.user_permissions.set(Permission.objects.filter(codename__in=codes))
    CitationFactory(record=event, position=1, note_en="Page 3")
    SectionFactory(topic=TopicFactory(slug="origins"), anchor="lima")
    addresses = [
        ("events.event", "bandung", "title"),
        ("sources.citation", "events.event/bandung/1", "note"),
        ("topics.section", "origins/lima", "heading"),
    ]
    batches = [
        bring([{"kind": kind, "key": key, "field": field, "target_hi": "नया"}], get_user_model().objects.get(pk=by.pk))
        for kind, key, field in addresses
    ]
    assert [bool(batch.problems) for batch in batches] == [True, True, False]


# --- What is refused: changed since -----------------------------------------------------------------------------------


def test_a_source_changed_since_the_export_refuses_the_row_by_name(event):
    rows = filled()
    event.title_en = "The Bandung Conference"
    event.save()
    batch = bring(rows, translator())
    assert batch.problems == []
    assert complaints(batch) == [
        "The English of “Event: The Bandung Conference · Title” has changed since this sheet was exported. It says "
        "now: “The Bandung Conference”. Export it again and translate that."
    ]


def test_a_translation_changed_since_the_export_refuses_the_row_with_both_texts(event):
    rows = filled()
    event.title_hi = "बाण्डुंग"
    event.save()
    assert complaints(bring(rows, translator())) == [
        "Somebody has changed the Hindi of “Event: Bandung Conference · Title” since this sheet was exported. It says "
        "now: “बाण्डुंग”. Yours: “बांडुंग सम्मेलन”. Export it again and enter your change there."
    ]


def test_what_changed_since_and_the_translator_left_alone_is_no_matter(event):
    rows = rows_out()
    event.title_en, event.title_hi = "The Bandung Conference", "बाण्डुंग"
    event.save()
    assert counts(bring(rows, translator())) == {"same": len(rows)}


def test_a_record_that_was_deleted_matters_only_to_who_translated_it(event):
    rows, row = rows_out(), filled()
    event.delete()
    assert counts(bring(rows, translator())) == {"same": len(rows)}
    assert complaints(bring(row, translator())) == ["There is no event “bandung”."]


@pytest.mark.parametrize("change", [{"title_hi": "बाण्डुंग"}, {"title_en": "The Bandung Conference"}])
def test_a_text_changed_since_the_preview_is_not_overwritten(event, change):
    batch = bring(filled(), translator())
    for name, text in change.items():
        setattr(event, name, text)
    event.save()
    batch = confirmed(batch)
    event.refresh_from_db()
    assert batch.state == Batch.State.FAILED
    assert "was changed after the preview" in batch.problems[0]
    assert event.title_hi == change.get("title_hi", "बांडुंग")


def test_a_record_deleted_since_the_preview_is_named(event):
    batch = bring(filled(), translator())
    event.delete()
    assert "was deleted after the preview" in confirmed(batch).problems[0]


def test_a_version_of_another_sheet_is_refused(event):
    assert complaints(bring(filled(version="2026"), translator())) == [
        "This was not in the export. Leave the column as it is, or empty this cell."
    ]


# --- What is refused: addresses ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cells", "sentence"),
    [
        ({"kind": "events.evnt"}, "There is no kind of record “events.evnt”. The nearest is “events.event”."),
        ({"key": "bandng"}, "There is no event “bandng”. Did you mean “Bandung Conference (bandung)”?"),
        ({"field": "titel"}, "Records of this kind have no text “titel”. The nearest is “title”."),
        ({"kind": ""}, "Fill this in: it says which record the row is about."),
    ],
)
def test_a_misspelt_address_names_the_nearest(event, cells, sentence):
    assert complaints(bring(filled(**cells), translator())) == [sentence]


def test_a_misspelt_section_names_the_nearest():
    TopicFactory(slug="origins", sections=2)
    row = {"kind": "topics.section", "key": "origins/sction-1", "field": "body", "target_hi": "नया"}
    (sentence,) = complaints(bring([row]))
    assert sentence == "There is no section “origins/sction-1”. The nearest is “origins/section-1”."


def test_a_key_that_several_have_is_refused_with_those_to_choose_from():
    note = TopicFactory(slug="origins")
    questions = [QuestionFactory(topic=note, position=1) for _number in range(2)]
    row = {"kind": "practice.question", "key": "origins/1", "field": "answer", "target_hi": "नया"}
    (sentence,) = complaints(bring([row]))
    assert all(f"origins/1#{question.pk.hex[:8]}" in sentence for question in questions)


def test_two_rows_about_one_text_are_refused(event):
    assert complaints(bring(filled() * 2)) == [
        "Row 3 is about the same. Keep one of the two.", "Row 2 is about the same text. Keep one of the two.",
    ]  # fmt: skip


def test_a_sheet_without_the_translations_is_refused(event):
    rows = [{name: row[name] for name in ("kind", "key", "field", "source_en")} for row in rows_out()]
    assert bring(rows).problems == ["The column with the translations into Hindi is missing."]


def test_a_text_first_written_in_the_target_is_no_translation():
    TopicFactory(slug="uday", source_language="hi", title_hi="उद्गम", title_en="")
    row = {"kind": "topics.topic", "key": "uday", "field": "title", "target_hi": "आरम्भ"}
    assert complaints(bring([row])) == ["This text was first written in Hindi. Change it on the page of its record."]


# --- What is refused: the rules of the record -------------------------------------------------------------------------


def test_the_rules_of_the_form_count():
    TopicFactory(slug="origins")
    row = typed("topics.topic", "origins", "key_points", "केवल एक")
    assert complaints(bring([row])) == ["Three to six key points, please; these are 1."]


def test_the_rules_between_the_languages_count():
    note = TopicFactory(slug="origins")
    QuestionFactory(topic=note, position=1, choices_hi="")
    rows = [{"kind": "practice.question", "key": "origins/1", "field": "choices", "target_hi": "एक\nदो\nतीन"}]
    assert complaints(bring(rows)) == ["Both languages need the same choices in the same order."]


def test_of_two_texts_of_one_record_only_the_wrong_one_is_refused():
    TopicFactory(slug="origins")
    rows = [
        typed("topics.topic", "origins", "key_points", "केवल एक"),
        typed("topics.topic", "origins", "title", "उद्गम की कहानी"),
    ]
    batch = bring(rows)
    (refused,) = batch.outcomes(("refused",))
    (changed,) = batch.outcomes(("changed",))
    assert (refused.row, changed.row) == (2, 3)


def test_what_may_be_damage_is_imported_with_a_doubt(event):
    (outcome,) = bring(filled(target_hi="बांडुंग, 1996.97 में"), translator()).outcomes(("changed",))
    column, sentence = outcome.doubts[0]
    assert (column, "old Hindi font" in sentence) == ("target_hi", True)


def test_what_was_wrong_before_keeps_no_translation_out():
    TopicFactory(slug="origins", summary_en="word " * 61)
    batch = bring([typed("topics.topic", "origins", "summary", "नया सार")], translator())
    assert counts(batch) == {"changed": 1}, complaints(batch)


def test_damage_from_an_old_font_is_refused(event):
    (sentence,) = complaints(bring(filled(target_hi="Hkkjr ds fodkl"), translator()))
    assert "old Hindi font" in sentence


def test_a_text_longer_than_its_field_is_refused(event):
    assert len(complaints(bring(filled(target_hi="नया शब्द " * 40), translator()))) == 1


def test_only_the_good_rows_can_be_brought(event):
    rows = [*filled(), {"kind": "events.event", "key": "bandng", "field": "title", "target_hi": "य"}]
    batch = bring(rows, translator())
    assert counts(batch) == {"changed": 1, "refused": 1}
    confirmed(batch, good_rows=True)
    event.refresh_from_db()
    assert event.title_hi == "बांडुंग सम्मेलन"


def test_judging_asks_the_database_once_for_many_rows():
    def queries(rows):
        with CaptureQueriesContext(connection) as captured:
            bring(rows)
        return len(captured)

    EventFactory.create_batch(3)
    few = [{**row, "target_hi": f"{row['target_hi']} नया"} for row in rows_out() if row["field"] == "title"]
    EventFactory.create_batch(20)
    many = [{**row, "target_hi": f"{row['target_hi']} नया"} for row in rows_out() if row["field"] == "title"]
    assert queries(many) <= queries(few) + 1


# --- Cells of which nobody can tell what they say ---------------------------------------------------------------------


def with_error_in(column, row):
    """The sheet as an Excel file, with a formula error in that column of its one row."""
    cells = ['<c t="e"><v>#REF!</v></c>' if name == column else inline(escape(text)) for name, text in row.items()]
    return xlsx(f"<row>{''.join(map(inline, row))}</row><row>{''.join(cells)}</row>")


@pytest.mark.parametrize("column", ["target_hi", "source_en", "record", "state", "kind", "key", "version"])
@pytest.mark.parametrize("target", ["बांडुंग", "बांडुंग सम्मेलन"])
def test_a_formula_error_in_any_column_refuses_its_row_alone(event, column, target):
    (row,) = filled(target_hi=target)
    batch = receive(with_error_in(column, row), "xlsx", translator())
    (outcome,) = batch.outcomes(("refused",))
    assert outcome.errors == [[column, "#REF!", "This cell shows an error. Put the text itself there."]]
    assert not batch.problems


def test_beside_a_formula_error_all_else_that_is_wrong_is_told(event):
    (row,) = filled(source_en="Another conference")
    batch = receive(with_error_in("target_hi", row), "xlsx", translator())
    (outcome,) = batch.outcomes(("refused",))
    assert [column for column, *_rest in outcome.errors] == ["target_hi", "source_en"]
