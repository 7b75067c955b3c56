"""The desk's page of the translator's sheet: who may take and bring what, and what the page says."""

import csv
import io

import openpyxl
import pytest
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from apps.audit.models import Entry
from apps.content.models import State, record_models
from apps.events.models import Event
from apps.languages.fields import translated_fields
from apps.practice.models import Question
from apps.publishing.models import Draft
from apps.spreadsheets.kinds import name_of
from apps.spreadsheets.models import Batch
from apps.spreadsheets.translators.counting import has_translations, open_texts
from tests.factories import (
    CitationFactory,
    CountryFactory,
    EventFactory,
    QuestionFactory,
    SectionFactory,
    TopicFactory,
)
from tests.spreadsheets.sheets import fill_portal
from tests.spreadsheets.translators.sheets import bring, confirmed, member, rows_out, translator

pytestmark = [pytest.mark.django_db, pytest.mark.database]

PAGE = "/admin/spreadsheets/batch/translators-sheet/"
EVERY_KIND = [name_of(model) for model in record_models() if translated_fields(model) and not model.whole_relation]


def browser(user):
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def tara():
    return translator()


@pytest.fixture
def desk(tara):
    """The browser of a translator into Hindi."""
    return browser(tara)


def with_rights(*codes):
    user = member()
    user.user_permissions.set(Permission.objects.filter(codename__in=codes))
    assert user.user_permissions.count() == len(codes)
    return browser(user)


def take(client, **choice):
    asked = {"languages": "en:hi", "texts": "needed", "format": "csv"}
    return client.post(PAGE, asked | ({} if "kind" in choice else {"kinds": EVERY_KIND}) | choice)


def rows_of(response):
    """``[["Event: …", "Title", …], …]`` of the CSV that comes."""
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline="")))[1:]


def texts_in(response):
    """``{(kind, field name)}``"""
    return {(row[6], row[8]) for row in rows_of(response)}


def give(client, text, name="sheet.csv"):
    return client.post(PAGE, {"bring": "1", "import_file": SimpleUploadedFile(name, text.encode())}, follow=True)


def list_of(model):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")


# --- Who may ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("group", ["Authors", "Reviewers", "Moderators"])
def test_who_translates_nothing_has_no_such_page(group):
    client = browser(member(group))
    assert [client.get(PAGE).status_code, take(client).status_code, give(client, "x").status_code] == [403] * 3


def test_a_translator_is_asked_for_no_languages_and_an_editor_for_both_ways(desk):
    page = desk.get(PAGE)
    assert "From English into Hindi" in page.text
    assert "From Hindi into English" not in page.text
    editor = browser(member("Editors")).get(PAGE)
    assert editor.text.index("From English into Hindi") < editor.text.index("From Hindi into English")


def test_into_another_language_than_ones_own_nothing_goes_out(desk):
    EventFactory(title_en="", title_hi="बांडुंग", source_language="hi")
    assert "streaming_content" not in vars(take(desk, languages="hi:en"))


@pytest.mark.parametrize("missing", ["export_event", "view_event"])
def test_only_kinds_that_one_may_see_and_export_are_there(missing):
    EventFactory(title_hi="")
    topic = {"translate_into_hi", "view_topic", "export_topic", "view_event", "export_event"}
    client = with_rights(*topic - {missing})
    assert client.get(PAGE).context["taking"].fields["kinds"].choices == [("topics.topic", "Study notes (0)")]
    refused = take(client, kinds=["events.event"])
    assert refused.context["taking"].errors["kinds"]
    assert take(client, kind="events.event", items=str(Event.objects.get().pk)).status_code == 403


def test_parts_that_one_may_not_see_stay_out_of_their_notes_sheet():
    SectionFactory(topic=TopicFactory(title_hi=""), body_hi="")
    client = with_rights("translate_into_hi", "view_topic", "export_topic")
    assert {kind for kind, _field in texts_in(take(client, kinds=["topics.topic"], texts="every"))} == {"topics.topic"}


def test_a_list_offers_it_to_who_may_and_to_nobody_else(desk):
    EventFactory()
    assert "translate_selected" in desk.get(list_of(Event)).text
    assert "translate_selected" not in browser(member("Reviewers")).get(list_of(Event)).text


@pytest.mark.parametrize("path", ["/admin/", "/admin/spreadsheets/batch/", "/admin/events/event/import/"])
def test_the_pages_around_lead_to_it(desk, path):
    EventFactory()
    assert PAGE in desk.get(path).text


def test_the_first_page_does_not_lead_where_one_may_not_go():
    EventFactory()
    assert PAGE not in browser(member("Reviewers")).get("/admin/").text


# --- Out --------------------------------------------------------------------------------------------------------------


def test_what_needs_work_goes_out_as_a_workbook(desk, tara):
    event = EventFactory(title_hi="", summary_hi="सार")
    response = desk.post(PAGE, desk.get(PAGE).context["taking"].initial | {
        "languages": "en:hi", "texts": "needed", "kinds": EVERY_KIND, "format": "xlsx",
    })  # fmt: skip
    assert response["Content-Disposition"].endswith('.xlsx"')
    book = openpyxl.load_workbook(io.BytesIO(b"".join(response.streaming_content)))
    _headers, *rows = book.worksheets[0].iter_rows(values_only=True)
    assert [row[2] for row in rows] == [event.title_en]
    entry = Entry.objects.filter(verb="exported").get()
    assert (entry.by, entry.details["kind"], entry.details["format"]) == (tara, "translate:en:hi", "xlsx")


def test_all_texts_go_out_if_asked_for(desk):
    EventFactory(title_hi="", summary_hi="सार")
    assert ("events.event", "summary") in texts_in(take(desk, texts="every"))
    assert ("events.event", "summary") not in texts_in(take(desk))


def test_only_chosen_kinds_go_out(desk):
    EventFactory(title_hi="")
    TopicFactory(title_hi="")
    assert {kind for kind, _field in texts_in(take(desk, kinds=["topics.topic"]))} == {"topics.topic"}


def test_with_nothing_to_translate_there_is_a_sentence_and_no_file(desk):
    EventFactory()
    for choice, sentence in [
        ({}, "Nothing is missing or outdated here."),
        ({"kinds": ["topics.topic"], "texts": "every"}, "has no texts to translate between these languages."),
    ]:
        page = take(desk, **choice)
        assert sentence in page.text
        assert not Entry.objects.filter(verb="exported").exists()


def test_without_a_kind_the_form_asks_for_one(desk):
    assert take(desk, kinds=[]).context["taking"].errors["kinds"]


def test_selected_notes_go_out_with_their_parts(desk):
    note, other = TopicFactory.create_batch(2, title_hi="")
    SectionFactory(topic=note, body_hi="")
    CitationFactory(record=note, note_en="Page 1", note_hi="")
    page = desk.post(list_of(type(note)), {"action": "translate_selected", "_selected_action": [note.pk]})
    assert "Only the selected records: 1 (study notes)." in page.text
    hidden = page.context["taking"].initial
    assert hidden == {"kind": "topics.topic", "items": str(note.pk)}
    rows = rows_of(take(desk, **hidden))
    assert {row[6] for row in rows} == {"topics.topic", "topics.section", "sources.citation"}
    assert not any(str(other) in row[0] for row in rows)


def test_a_selected_citation_goes_out_without_its_note(desk):
    note = TopicFactory(title_hi="")
    citation = CitationFactory(record=note, note_en="Page 1", note_hi="")
    CitationFactory(record=note, note_en="Page 2", note_hi="")
    page = desk.post(list_of(type(citation)), {"action": "translate_selected", "_selected_action": [citation.pk]})
    assert [row[2] for row in rows_of(take(desk, **page.context["taking"].initial))] == ["Page 1"]


def test_all_that_a_list_shows_goes_out_if_all_are_selected(desk):
    EventFactory.create_batch(3, title_en="Found", title_hi="")
    other = EventFactory(title_en="Other", title_hi="")
    selected = {"action": "translate_selected", "select_across": "1", "_selected_action": [other.pk]}
    page = desk.post(f"{list_of(Event)}?q=found", selected)
    assert "Only the selected records: 3 (events)." in page.text
    assert [row[2] for row in rows_of(take(desk, **page.context["taking"].initial))] == ["Found"] * 3


@pytest.mark.parametrize("items", ["", "x", "1,2"])
def test_ids_that_are_none_are_no_fault(desk, items):
    assert take(desk, kind="events.event", items=items).context["taking"].errors


def test_a_kind_that_there_is_not_is_forbidden(desk):
    assert take(desk, kind="auth.user", items="1").status_code == 403


# --- The counts -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("with_draft", [False, True])
def test_the_counts_are_the_rows_of_the_sheet(with_draft):
    fill_portal()
    note = TopicFactory(title_hi="", sections=1)
    CitationFactory(record=note, note_en="Page 1", note_hi="")
    event = EventFactory(title_en="Old", title_hi="पुराना")
    event.title_en = "New"
    event.save()
    if with_draft:
        rows = [row for row in rows_out() if row["source_en"] == "New"]
        confirmed(bring([{**rows[0], "target_hi": "नया"}], translator()))
        assert Draft.objects.exists()
    for model in record_models():
        if not model.whole_relation:
            rows = rows_out(models=[model])
            waiting = [row for row in rows if row["state"] in {"Missing", "Outdated"}]
            assert open_texts(model, ["hi"]) == {"hi": len(waiting)}, model


def test_the_page_takes_as_many_queries_for_many_records_as_for_one(desk, django_assert_max_num_queries):
    EventFactory.create_batch(30, title_hi="")
    desk.get(PAGE)
    with django_assert_max_num_queries(45):
        assert "Events (30)" in desk.get(PAGE).text


@pytest.mark.parametrize(("title_hi", "said", "chosen"), [("बांडुंग", True, "every"), ("", False, "needed")])
def test_where_nothing_needs_work_the_page_says_so_and_offers_all_texts(desk, title_hi, said, chosen):
    EventFactory(title_hi=title_hi)
    page = desk.get(PAGE)
    assert ("No translation is missing or outdated." in page.text) is said
    assert page.context["taking"]["texts"].value() == chosen


def test_where_every_text_was_first_written_in_english_nothing_into_english_is_offered():
    EventFactory(title_hi="बांडुंग")
    page = with_rights("translate_into_en", "view_event", "export_event").get(PAGE)
    assert "There is nothing to take" in page.text
    assert "You can still take all texts" not in page.text


def test_the_direction_in_which_there_are_texts_is_named_and_chosen():
    EventFactory(title_en="Bandung", title_hi="बांडुंग", source_language="hi")
    page = browser(member("Editors")).get(PAGE)
    assert "You can still take all texts: From Hindi into English." in page.text
    assert page.context["taking"]["languages"].value() == "hi:en"


def test_only_the_kinds_of_record_that_have_such_texts_are_ticked():
    EventFactory(title_hi="बांडुंग")
    TopicFactory(title_hi="आरंभ", source_language="hi")
    page = with_rights("translate_into_en", "view_event", "export_event", "view_topic", "export_topic").get(PAGE)
    assert "You can still take all texts. The kinds of record that are not ticked have none." in page.text
    assert page.context["taking"]["kinds"].value() == ["topics.topic"]


@pytest.mark.parametrize("code", ["en", "hi"])
@pytest.mark.parametrize("language", ["en", "hi"])
def test_what_could_be_taken_is_what_the_sheet_would_have(language, code):
    """Where nothing is open."""
    country = CountryFactory(name_en="India", name_hi="भारत")
    note = TopicFactory(title_hi="क", source_language=language)
    SectionFactory(topic=note, heading_en="A", heading_hi="क", body_en="A", body_hi="क")
    QuestionFactory(topic=note)
    source = "hi" if code == "en" else "en"
    for model in [type(country), type(note), Question]:
        rows = [row for row in rows_out(source, code, models=[model]) if row["state"] != "Missing"]
        assert has_translations(model, code) is bool(rows), model


@pytest.mark.parametrize("texts", ["needed", "every"])
def test_a_refused_choice_says_why_and_which_other_there_is(texts):
    EventFactory(title_hi="बांडुंग")
    page = take(browser(member("Editors")), languages="hi:en", texts=texts)
    for sentence in (
        "has no texts to translate between these languages.",
        "Texts that were first written in English have nothing to translate into English.",
        "Choose the other direction: From English into Hindi.",
    ):
        assert sentence in page.text


def test_where_only_all_texts_are_there_it_says_so(desk):
    EventFactory(title_hi="बांडुंग")
    assert "Choose “All texts” to get the rest." in take(desk).text


def test_the_other_direction_is_not_advised_to_who_may_not_choose_it():
    EventFactory(title_hi="बांडुंग")
    page = take(
        with_rights("translate_into_en", "view_event", "export_event"), languages="hi:en", kinds=["events.event"]
    )
    assert "have nothing to translate into English." in page.text
    assert "the other direction" not in page.text


def test_the_choice_of_csv_says_what_spreadsheet_programs_do_to_it(desk):
    for page in (desk.get(PAGE), browser(member("Editors")).get("/admin/events/event/export/")):
        assert "“March 1987” becomes 03/01/87" in page.text
        assert 'aria-describedby="id_format_helptext"' in page.text


# --- In ---------------------------------------------------------------------------------------------------------------


def test_a_filled_sheet_is_previewed_and_goes_into_drafts(desk, tara):
    event = EventFactory(slug="bandung", title_en="Bandung", title_hi="", state=State.PUBLISHED)
    page = give(desk, "kind,key,field,target_hi\nevents.event,bandung,title,बांडुंग सम्मेलन\n")
    batch = Batch.objects.get()
    assert (batch.sheet, batch.by, batch.changed) == ("translate:en:hi", tara, 1)
    assert page.redirect_chain[-1][0] == reverse("admin:spreadsheets_batch_change", args=[batch.pk])
    for words in ("English to Hindi", "Event: Bandung · Title", "go into their drafts", 'lang="hi"', PAGE):
        assert words in page.text
    desk.post(page.request["PATH_INFO"], {"confirm": "1"})
    event.refresh_from_db()
    assert not event.title_hi
    assert Draft.objects.get().snapshot["record"]["title_hi"] == "बांडुंग सम्मेलन"


def test_the_columns_of_the_file_say_its_languages():
    EventFactory(slug="bandung", title_en="", title_hi="बांडुंग", source_language="hi")
    editor = browser(member("Editors"))
    page = give(editor, "kind,key,field,Translation [English]\nevents.event,bandung,title,Bandung\n")
    batch = Batch.objects.get()
    assert (batch.sheet, batch.problems, batch.changed) == ("translate:hi:en", [], 1)
    assert "Read as a translator&#x27;s sheet: From Hindi into English." in page.text


def test_a_sheet_into_a_language_that_is_not_ones_own_gets_a_sentence(desk):
    page = give(desk, "kind,key,field,source_hi,target_en\nevents.event,bandung,title,क,Bandung\n")
    assert "“From Hindi into English”, which you may not bring. You may bring: From English into Hindi." in page.text
    assert not Batch.objects.exists()


def test_a_file_without_a_column_for_translations_is_refused_on_its_page(desk):
    page = give(desk, "kind,key,field\nevents.event,bandung,title\n")
    assert "The column with the translations into Hindi is missing." in page.text


@pytest.mark.parametrize(
    ("name", "text", "sentence"),
    [
        ("sheet.pdf", "%PDF-1.7", "Choose a file whose name ends in .xlsx, .ods or .csv."),
        ("sheet.xlsx", "%PDF-1.7", "The file is not the kind of workbook that its name says."),
        ("sheet.csv", "", "The file is empty. Save it again in your spreadsheet program"),
    ],
)
def test_what_is_no_sheet_gets_a_sentence(desk, name, text, sentence):
    assert sentence in give(desk, text, name).text
    assert not Batch.objects.exists()


def test_an_edited_source_refuses_the_file(desk):
    EventFactory(slug="bandung", title_en="Bandung", title_hi="")
    page = give(desk, "kind,key,field,source_en,target_hi\nevents.event,bandung,title,Bandoeng,बांडुंग\n")
    assert "Row 2 changes “source_en”, which you may not." in page.text
    assert Batch.objects.get().problems
