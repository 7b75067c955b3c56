"""Import and export at the desk: every kind of record, who may, what the pages say and what is written."""

import csv
import io
from datetime import timedelta

import openpyxl
import pytest
from django.contrib import admin
from django.contrib.auth.models import Group, Permission
from django.test import Client
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult, get_date_max

from apps.audit.models import Entry
from apps.content.models import State
from apps.events.models import Event
from apps.organisations.models import Organisation
from apps.publishing.models import draft_of
from apps.spreadsheets import actions
from apps.spreadsheets.admin import SheetAdminMixin
from apps.spreadsheets.models import PATIENCE, Batch, FilePiece
from apps.spreadsheets.records.sheet import RecordSheet
from tests.comments.factories import CommentFactory
from tests.factories import EventFactory, OrganisationFactory
from tests.spreadsheets.desk import address, batch, body, bring, its, press, undo
from tests.spreadsheets.sheets import KINDS, MODELS, fill_portal, label, sheet_of

pytestmark = [pytest.mark.django_db, pytest.mark.database]

DESKS = [model for model, desk in admin.site._registry.items() if isinstance(desk, SheetAdminMixin)]
every_desk = pytest.mark.parametrize("model", DESKS, ids=label)


def counts(found):
    return found.new, found.changed, found.same, found.refused


@pytest.fixture
def staff(django_user_model):
    """``staff("import_event")``: the browser of a staff user with these rights, ``group``'s and no others."""

    def _staff(*rights, group=None):
        number = django_user_model.objects.count()
        user = django_user_model.objects.create_user(f"staff{number}", password="a-long-password-1", is_staff=True)
        user.user_permissions.set(Permission.objects.filter(codename__in=rights))
        assert user.user_permissions.count() == len(rights)
        user.groups.set(Group.objects.filter(name=group))
        client = Client()
        client.force_login(user)
        return client

    return _staff


@pytest.fixture
def translator(staff):
    return staff(group="Translators into Hindi")


def test_every_record_that_has_a_desk_has_a_sheet():
    assert set(DESKS) == set(MODELS)


# --- Who may ---------------------------------------------------------------------------------------------------------


def importing(model):
    """The rights that an import of all of ``model`` asks for."""
    acts = {"import", "publish"} & set(model._meta.default_permissions)
    return [f"{act}_{label(model)}" for act in sorted(acts)]


@every_desk
def test_who_may_not_publish_may_not_import_what_is_published(staff, model):
    allowed = importing(model) == [f"import_{label(model)}"]
    assert staff(f"import_{label(model)}").get(address(model, "import")).status_code == (200 if allowed else 403)


@every_desk
def test_without_the_rights_every_address_is_forbidden(staff, model):
    others = [f"{act}_{label(model)}" for act in ("add", "change", "delete", "view")]
    client = staff(*others)
    for page in ("import", "export"):
        assert client.get(address(model, page)).status_code == 403, page
        assert client.post(address(model, page), {"format": "csv", "records": "listed"}).status_code == 403, page
    changelist = client.get(address(model, "changelist"))
    assert changelist.status_code == 200
    assert address(model, "import") not in changelist.text
    assert address(model, "export") not in changelist.text
    assert "export_selected" not in changelist.text


@every_desk
def test_each_right_opens_its_own_addresses(staff, model):
    importer = staff(*importing(model))
    exporter = staff(f"export_{label(model)}", f"view_{label(model)}", f"change_{label(model)}")
    assert importer.get(address(model, "import")).status_code == 200
    assert importer.get(address(model, "export")).status_code == 403
    assert exporter.get(address(model, "export")).status_code == 200
    assert exporter.get(address(model, "import")).status_code == 403


@every_desk
def test_a_file_is_confirmed_on_the_page_of_its_batch_and_nowhere_else(model):
    with pytest.raises(NoReverseMatch):
        address(model, "process_import")


def test_the_right_for_one_kind_is_none_for_another(staff):
    client = staff("import_event", "export_event")
    assert client.get(address(Organisation, "import")).status_code == 403
    assert client.get(address(Organisation, "export")).status_code == 403


def test_a_reader_is_sent_to_the_sign_in(reader, editor):
    bring(editor, Event, "slug,title_en\nbandung,Bandung\n")
    for page in [address(Event, "export"), address(Event, "import"), its("change"), its("marked"), its("progress")]:
        assert "/login/" in reader.get(page).headers["Location"]


@pytest.mark.parametrize("page", ["change", "marked", "errors", "progress"])
def test_the_sheet_of_somebody_else_is_not_there(staff, editor, page):
    bring(editor, Event, "slug,title_en,state\nbandung,Bandung,nonsense\n")
    other = staff(group="Translators into Hindi")
    assert other.get(its(page)).status_code == 404
    assert batch().file_name not in other.get(reverse("admin:spreadsheets_batch_changelist")).text


@pytest.mark.parametrize("button", ["confirm", "good_rows", "cancel", "look_again"])
def test_nobody_else_presses_its_buttons(staff, editor, button):
    bring(editor, Event, "slug,title_en\nbandung,Bandung\n")
    assert press(staff(group="Translators into Hindi"), button).status_code == 404
    watcher = staff("view_batch")
    page = watcher.get(its("change"))
    assert page.status_code == 200
    assert "<button" not in page.text.partition('id="content-main"')[2]
    assert press(watcher, button, leave_refused="1").status_code == 403
    assert batch().state == "ready"


def test_who_sees_all_sheets_and_may_bring_all_rows_undoes_what_another_brought(staff, editor):
    bring(editor, Event, "slug,title_en\nbandung,Bandung\n")
    press(editor, "confirm")
    other = staff("view_batch", *importing(Event))
    assert "The import was undone" in undo(other).text
    assert not Event.objects.exists()


def test_who_lost_the_right_neither_confirms_nor_undoes(staff):
    client = staff(*importing(Event))
    bring(client, Event, "slug,title_en\nbandung,Bandung\n")
    first = batch()
    press(client, "confirm")
    bring(client, Event, "slug,title_en\nbelgrade,Belgrade\n")
    batch().by.user_permissions.clear()
    assert press(client, "confirm").status_code == 403
    assert undo(client, first).status_code == 403
    assert Event.objects.count() == 1


@pytest.mark.parametrize(
    "row", ["asia,Asia,", "bandung,Again,", "bandung,,फिर"], ids=["new", "other language", "own language"]
)
def test_who_may_only_translate_by_now_undoes_nothing_that_readers_got_at_once(staff, row):
    EventFactory(slug="bandung", title_en="Bandung", title_hi="बांडुंग")
    client = staff(*importing(Event))
    bring(client, Event, f"slug,title_en,title_hi\n{row}\n")
    press(client, "confirm")
    there = sheet_of(Event)
    person = batch().by
    person.user_permissions.clear()
    person.groups.add(Group.objects.get(name="Translators into Hindi"))
    assert "Undo this import" not in client.get(its("change")).text
    assert undo(client).status_code == 403
    assert sheet_of(Event) == there


def test_a_translator_undoes_the_own_sheet_but_not_after_another_language(staff):
    event = EventFactory(slug="bandung", title_en="Bandung", title_hi="बांडुंग")
    client = staff(group="Translators into Hindi")
    bring(client, Event, "slug,title_hi\nbandung,बांडुंग सम्मेलन\n")
    press(client, "confirm")
    assert draft_of(event) is not None
    person = batch().by
    person.groups.set([Group.objects.get(name="Translators into English")])
    assert undo(client).status_code == 403
    person.groups.set([Group.objects.get(name="Translators into Hindi")])
    assert "The import was undone" in undo(client).text


# --- Out -------------------------------------------------------------------------------------------------------------


@every_desk
@pytest.mark.parametrize("kind", KINDS)
def test_what_the_desk_exports_it_imports_without_a_change(editor, model, kind):
    fill_portal()
    file = editor.post(address(model, "export"), {"format": kind, "records": "listed"})
    page = bring(editor, model, body(file), f"sheet.{kind}")
    assert "There is nothing to import" in page.text
    assert counts(batch())[:2] == (0, 0)
    assert counts(batch())[3] == 0
    assert batch().same >= model.objects.count()


def test_an_exported_file_is_named_by_its_kind_and_its_day_and_noted(editor):
    EventFactory()
    file = editor.post(address(Event, "export"), {"format": "xlsx", "records": "listed"})
    assert f'filename="events-{timezone.localdate()}.xlsx"' in file.headers["Content-Disposition"]
    assert Entry.objects.get(verb="exported").details == {"kind": "events.event", "count": 1, "format": "xlsx"}


def test_the_export_follows_the_list(editor):
    EventFactory(slug="bandung", title_en="Bandung")
    EventFactory(slug="belgrade", title_en="Belgrade")
    there = address(Event, "export") + "?q=bandung"
    assert "The 1 record that the list shows" in editor.get(there).text
    file = body(editor.post(there, {"format": "csv", "records": "listed"}))
    assert b"bandung" in file
    assert b"belgrade" not in file


def test_selected_rows_are_exported(editor):
    chosen, _other = EventFactory(slug="bandung"), EventFactory(slug="belgrade")
    page = editor.post(address(Event, "changelist"), {"action": "export_selected", "_selected_action": [chosen.pk]})
    assert "The 1 selected record" in page.text
    items = page.context["form"]["export_items"].value()
    sent = {"format": "csv", "records": "selected", "export_items": items}
    file = body(editor.post(page.context["address"], sent))
    assert b"bandung" in file
    assert b"belgrade" not in file


def test_all_rows_of_a_list_are_selected_without_naming_each(editor):
    EventFactory.create_batch(3)
    chosen = {"action": "export_selected", "select_across": "1", "_selected_action": [Event.objects.first().pk]}
    page = editor.post(address(Event, "changelist"), chosen)
    assert "The 3 records that the list shows" in page.text
    assert page.context["form"]["export_items"].value() == ""


def test_a_template_has_the_columns_and_no_records(editor):
    EventFactory(slug="bandung")
    file = body(editor.post(address(Event, "export"), {"format": "csv", "records": "template"})).decode("utf-8-sig")
    assert "Title [हिन्दी]" in file
    assert "bandung" not in file
    assert not Entry.objects.filter(verb="exported").exists()


@pytest.mark.parametrize(
    "data",
    [
        {"format": "exe", "records": "listed"},
        {"format": "csv", "records": "all"},
        {"format": "csv", "records": "selected", "export_items": "1;drop"},
        {"x": "y"},
    ],
)
def test_a_wrong_export_form_comes_back(editor, data):
    assert "errorlist" in editor.post(address(Event, "export"), data).text


def test_a_wrong_filter_leads_back_to_the_list(editor):
    assert editor.get(address(Event, "export") + "?publish_at__gte=abc").status_code == 302


def test_what_no_file_can_hold_is_said_on_the_page(editor):
    EventFactory(slug="bandung")
    Event.objects.update(title_en="a\x0bb")  # saved before texts were tidied
    page = editor.post(address(Event, "export"), {"format": "xlsx", "records": "listed"})
    assert "bandung" in page.context["form"].non_field_errors()[0]


def test_an_export_takes_as_many_queries_for_many_rows_as_for_few(editor, django_assert_max_num_queries):
    for _number in range(40):
        EventFactory(organisations=[OrganisationFactory()])
    with django_assert_max_num_queries(16):
        body(editor.post(address(Event, "export"), {"format": "csv", "records": "listed"}))


# --- In --------------------------------------------------------------------------------------------------------------


def test_a_preview_shows_the_change_and_only_confirming_writes_it(editor):
    EventFactory(slug="bandung", title_en="Old")
    page = bring(editor, Event, "slug,title_en\nbandung,New\nbelgrade,Belgrade\n")
    assert "Preview: nothing is imported yet" in page.text
    assert "<b>1</b> new" in page.text
    assert "<del>Old</del> → <ins>New</ins>" in page.text
    assert Event.objects.get().title_en == "Old"
    done = press(editor, "confirm")
    assert "<h1>Imported</h1>" in done.text
    assert "<del>Old</del> → <ins>New</ins>" in done.text
    assert batch().file_hash in done.text
    assert {each.slug: each.title_en for each in Event.objects.all()} == {"bandung": "New", "belgrade": "Belgrade"}
    assert not FilePiece.objects.exists()


def test_a_column_is_called_as_the_editor_wrote_it(editor):
    EventFactory(slug="bandung", title_en="Old")
    page = bring(editor, Event, "SLUG, title [ENGLISH]\nbandung,New\n")
    assert "<dt>title [ENGLISH]</dt>" in page.text


def test_a_changed_hindi_text_is_marked_in_whole_clusters(editor):
    EventFactory(slug="bandung", title_hi="बांडुंग सम्मेलन")
    page = bring(editor, Event, "slug,title_hi\nbandung,बांडुंग सम्मेलने\n")
    assert '<dd lang="hi">बांडुंग <del>सम्मेलन</del><ins>सम्मेलने</ins></dd>' in page.text


def test_of_a_long_text_the_changed_places_are_shown_and_the_whole_is_folded_up(editor):
    words = [f"शब्द{number}" for number in range(3000)]
    EventFactory(slug="bandung", summary_hi=" ".join(words))
    after = " ".join([*words[:1500], "बदला", *words[1501:]])
    page = bring(editor, Event, f"slug,summary_hi\nbandung,{after}\n")
    (cell,) = page.context["rows"][0].cells
    assert "<del>शब्द1500</del><ins>बदला</ins> शब्द1501" in cell.html
    assert len(cell.html) < 500
    assert cell.whole == after
    assert "The whole text" in page.text


def test_a_page_of_long_texts_stays_bounded(editor):
    rows = "".join(f"event-{number},{'word ' * 5000}\n" for number in range(40))
    page = bring(editor, Event, f"slug,summary_en\n{rows}")
    assert len(page.text) < 1_000_000


def test_what_stands_in_a_file_is_text_on_the_page(editor):
    EventFactory(slug="bandung", title_en="Old")
    page = bring(editor, Event, "slug,title_en\nbandung,<script>alert(1)</script>\nx y,<img src=x>\n")
    assert "<script>alert" not in page.text
    assert "<img" not in page.text


def test_a_sheet_that_changes_nothing_has_nothing_to_confirm(editor):
    EventFactory(slug="bandung", title_en="Same")
    page = bring(editor, Event, "slug,title_en\nbandung,Same\n")
    assert "There is nothing to import" in page.text
    assert 'name="confirm"' not in page.text
    assert "there is nothing to import" in press(editor, "confirm").text


def test_a_refused_row_names_row_column_value_and_reason_and_offers_no_confirmation(editor):
    page = bring(editor, Event, "slug,title_en,State\na,A,draft\nb,B,nonsense\n")
    for words in ["1 refused row", "<b>1</b> new", ">State</td>", "<q>nonsense</q>", "“nonsense” is not one of"]:
        assert words in page.text
    assert 'name="confirm"' not in page.text
    assert "nothing of it is imported" in press(editor, "confirm").text
    assert not Event.objects.exists()


def test_what_was_left_out_is_still_to_be_had_with_its_errors_marked_for_a_day(editor):
    bring(editor, Event, "slug,title_en,state\nbandung,Bandung,\nlusaka,Lusaka,nonsense\n")
    done = press(editor, "good_rows", leave_refused="1")
    assert its("marked") in done.text
    assert "nonsense" in body(editor.get(its("marked"))).decode()
    Batch.objects.update(made_at=timezone.now() - PATIENCE - timedelta(minutes=1))
    actions.forget_old()
    assert editor.get(its("marked")).status_code == 404


def test_the_good_rows_are_imported_only_by_saying_so(editor):
    page = bring(editor, Event, "slug,title_en,state\na,A,draft\nb,B,nonsense\n")
    assert "Leave out the 1 refused row." in page.text
    assert "Tick first that the refused rows are left out." in press(editor, "good_rows").text
    assert not Event.objects.exists()
    done = press(editor, "good_rows", leave_refused="1")
    assert "The good rows are in the records; the refused ones were left out." in done.text
    assert [each.slug for each in Event.objects.all()] == ["a"]


def test_a_large_preview_has_pages_of_changes_and_of_refused_rows(editor):
    rows = "".join(f"event-{number},Event {number},draft\n" for number in range(130))
    bring(editor, Event, f"slug,title_en,state\n{rows}" + "".join(f"bad-{number},Bad,x\n" for number in range(60)))
    first, second = editor.get(its("change")), editor.get(its("change") + "?page=3&refused=2")
    assert len(first.context["rows"]) == 50
    assert [row.number for row in second.context["rows"]] == list(range(102, 132))
    assert [each.row.number for each in second.context["complaints"]] == list(range(182, 192))
    assert "Page 3 of 3" in second.text
    assert editor.get(its("change") + "?page=nonsense").status_code == 200


def test_a_page_takes_as_many_queries_for_many_rows_as_for_few(editor, django_assert_max_num_queries):
    bring(editor, Event, "slug,title_en\n" + "".join(f"event-{number},Event {number}\n" for number in range(1100)))
    with django_assert_max_num_queries(16):
        editor.get(its("change") + "?page=4")


def test_texts_that_may_be_in_an_old_font_come_first(editor):
    page = bring(editor, Event, "slug,title_en,title_hi\na,A,1996.97 का सम्मेलन\n")
    assert "Look at these first" in page.text
    assert page.text.index("Look at these first") < page.text.index("What would change")


def test_a_double_click_imports_once(editor):
    bring(editor, Event, "slug,title_en\nbandung,Bandung\n")
    press(editor, "confirm")
    again = press(editor, "confirm")
    assert "That can&#x27;t be done any more." in again.text
    assert "<h1>Imported</h1>" in again.text
    assert Event.objects.count() == 1


def test_a_record_that_changed_since_the_preview_is_named_and_not_overwritten(editor):
    event = EventFactory(slug="bandung", title_en="Bandung")
    bring(editor, Event, "slug,title_en\nbandung,From the sheet\nbelgrade,Belgrade\n")
    event.title_en = "From the form"
    event.save()
    page = press(editor, "confirm")
    assert "<h1>Not imported</h1>" in page.text
    assert "This record was changed after the preview." in page.text
    event.refresh_from_db()
    assert event.title_en == "From the form"
    assert Event.objects.count() == 1
    again = press(editor, "look_again")
    assert "<del>form</del><ins>sheet</ins>" in again.text
    press(editor, "confirm")
    event.refresh_from_db()
    assert event.title_en == "From the sheet"


def test_a_preview_waits_a_day(editor):
    bring(editor, Event, "slug,title_en\nbandung,Bandung\n")
    Batch.objects.update(made_at=timezone.now() - PATIENCE - timedelta(minutes=1))
    page = editor.get(its("change"))
    assert "more than 24 hours old" in page.text
    assert 'name="confirm"' not in page.text
    assert "no longer valid" in press(editor, "confirm").text
    actions.forget_old()
    assert not FilePiece.objects.exists()
    assert not Event.objects.exists()


def test_a_preview_is_forgotten_with_its_file(editor):
    bring(editor, Event, "slug,title_en\nbandung,Bandung\n")
    page = press(editor, "cancel")
    assert "Nothing of it was imported" in page.text
    assert not FilePiece.objects.exists()


def test_an_import_is_undone(editor):
    EventFactory(slug="bandung", title_en="Old")
    bring(editor, Event, "slug,title_en\nbandung,New\nbelgrade,Belgrade\n")
    press(editor, "confirm")
    assert "The import was undone" in undo(editor).text
    assert [(each.slug, each.title_en) for each in Event.objects.all()] == [("bandung", "Old")]
    assert "any more" in undo(editor).text


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("sheet.pdf", b"x", "Choose a file whose name ends in"),
        ("sheet", b"x", "Choose a file whose name ends in"),
        ("sheet.csv", b"", "empty"),
        ("sheet.xlsx", b"not a zip", "not the kind of workbook"),
        ("sheet.ods", b"not a zip", "not the kind of workbook"),
        ("sheet.csv", b"slug,titel_en\na,b", "The nearest is “title_en”"),
        ("sheet.csv", b"slug,title_en\n", "no rows"),
        ("sheet.csv", b"title_en\nBandung\n", "it says which record a row is about"),
    ],
)
def test_any_file_gets_a_sentence(editor, name, content, words):
    page = bring(editor, Event, content, name)
    assert page.status_code == 200
    assert words in page.text
    assert 'name="confirm"' not in page.text


def test_a_file_that_is_too_large_is_refused(editor, settings):
    settings.SHEET_MAX_MEGABYTES = 1
    assert "larger than 1 MB. Split it" in bring(editor, Event, b"x" * (1024 * 1024 + 1)).text
    assert not Batch.objects.exists()


def test_no_file_at_all_gets_a_sentence(editor):
    assert "Choose the file with the sheet first." in editor.post(address(Event, "import"), {"x": "y"}).text


@every_desk
def test_the_import_page_explains_the_sheet(editor, model):
    page = editor.get(address(model, "import"))
    assert "[clear]" in page.text
    assert address(model, "export") in page.text
    for sheet in [RecordSheet(model), *RecordSheet(model).parts]:
        for column in sheet.all_columns:
            assert f"<code>{column.name}</code>" in page.text
            assert f">{column.label}</th>" in page.text


def test_a_note_and_its_sections_come_in_one_workbook(editor):
    fill_portal()
    model = next(model for model in DESKS if RecordSheet(model).parts)
    book = openpyxl.load_workbook(
        io.BytesIO(body(editor.post(address(model, "export"), {"format": "xlsx", "records": "listed"})))
    )
    sections = book[RecordSheet(model).parts[0].title]
    headings = [cell.value for cell in sections[1]]
    sections.cell(2, headings.index("Heading [English]") + 1).value = "Another heading"
    page = bring(editor, model, saved(book), "notes.xlsx")
    assert "Another heading" in page.text
    assert f"{sections.title}, row 2" in page.text


def saved(book):
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


# --- The file comes back ---------------------------------------------------------------------------------------------


@pytest.fixture
def refused_book(editor):
    """A workbook with a good row and a bad one, brought, and back with its error marked."""
    book = openpyxl.Workbook()
    for row in [["slug", "title_en", "state"], ["a", "A", "draft"], ["b", "B", "nonsense"]]:
        book.active.append(row)
    bring(editor, Event, saved(book), "events.xlsx")
    file = editor.get(its("marked"))
    assert 'filename="events-errors.xlsx"' in file.headers["Content-Disposition"]
    return openpyxl.load_workbook(io.BytesIO(body(file)))


def test_the_same_workbook_comes_back_with_its_errors(refused_book):
    rows = [[cell.value for cell in row] for row in refused_book.active]
    assert rows[0] == ["slug", "title_en", "state", "What is wrong"]
    assert rows[1][3] is None
    assert "“nonsense” is not one of" in rows[2][3]


def test_the_marked_workbook_imports_once_it_is_corrected(editor, refused_book):
    refused_book.active["C3"] = "draft"
    page = bring(editor, Event, saved(refused_book), "events-errors.xlsx")
    assert counts(batch()) == (2, 0, 0, 0), page.text
    press(editor, "confirm")
    assert Event.objects.count() == 2


@pytest.mark.parametrize("language", ["en", "hi"])
def test_a_sheet_marked_in_either_language_comes_back_in_the_other(editor, language):
    data = "slug,title_en,state\nb,B,nonsense\n"
    editor.cookies["django_language"] = language
    bring(editor, Event, data)
    marked = body(editor.get(its("marked")))
    editor.cookies["django_language"] = {"en": "hi", "hi": "en"}[language]
    bring(editor, Event, marked.replace(b"nonsense,", b"draft,"))
    assert counts(batch()) == (1, 0, 0, 0)


def test_a_wrong_header_is_marked_too(editor):
    bring(editor, Event, "slug,titel_en\nbandung,Bandung\n")
    assert "The nearest is “title_en”" in body(editor.get(its("marked"))).decode()


def test_the_errors_alone_are_a_csv_file_that_can_be_read_without_the_sheet(editor):
    bring(editor, Event, "slug,Title [English],STATE\nb,Bandung,nonsense\nc,Lusaka,draft\n")
    file = editor.get(its("errors"))
    assert file.headers["Content-Type"].startswith("text/csv")
    headings, row = csv.reader(io.StringIO(body(file).decode("utf-8-sig"), newline=""))
    found = dict(zip(headings, row, strict=True))
    assert found.pop("What is wrong").startswith("“nonsense” is not one of")
    assert found == {
        "Sheet": "", "Row": "2", "Column": "C", "Name of the column": "STATE", "Record": "Bandung",
        "What stands there": "nonsense",
    }  # fmt: skip


def test_what_is_no_workbook_is_not_offered_back(editor):
    page = bring(editor, Event, b"%PDF-1.7", "sheet.xlsx")
    assert its("marked") not in page.text
    assert editor.get(its("marked")).status_code == 404


def test_a_file_that_is_no_longer_kept_is_not_found(editor):
    bring(editor, Event, "slug,title_en\nb,B\n")
    press(editor, "cancel")
    assert editor.get(its("marked")).status_code == 404


# --- A translator ----------------------------------------------------------------------------------------------------


def test_a_translator_is_told_which_columns_they_may_bring(translator):
    page = translator.get(address(Event, "import"))
    assert "You may bring these columns of records that exist: Title [हिन्दी]" in page.text
    assert "Title [English]," not in page.text.partition("What the sheet must look like")[0]
    assert "empty template" not in page.text


def test_what_a_translator_brings_goes_into_a_draft(translator):
    event = EventFactory(slug="bandung", title_hi="पुराना", state=State.PUBLISHED)
    page = bring(translator, Event, "slug,title_hi\nbandung,नया\n")
    assert "The texts of published records go into their drafts." in page.text
    press(translator, "confirm")
    event.refresh_from_db()
    assert event.title_hi == "पुराना"


def test_a_translator_brings_no_other_column(translator):
    EventFactory(slug="bandung", title_en="Bandung")
    page = bring(translator, Event, "slug,title_en,title_hi\nbandung,Mine,मेरा\n")
    assert "Row 2 changes “title_en”, which you may not." in page.text
    assert 'name="confirm"' not in page.text
    assert 'name="good_rows"' not in page.text
    press(translator, "good_rows", leave_refused="1")
    assert Event.objects.get().title_en == "Bandung"


# --- While the worker is at it ---------------------------------------------------------------------------------------


@pytest.fixture
def large(editor):
    """``large("importing", done=12500)``: a batch of 50,000 rows that the worker has in hand."""

    def _large(state, **values):
        bring(editor, Event, "slug,title_en\nbandung,Bandung\n")
        Batch.objects.update(state=state, **{"rows": 50_000, "done": 12_500, **values})
        return batch()

    return _large


def test_the_progress_shows_without_scripts_and_stays_through_a_reload(editor, large):
    large("importing")
    for _time in range(2):
        page = editor.get(its("change"))
        assert '<meta http-equiv="refresh" content="3">' in page.text
        assert 'max="50000" value="12500"' in page.text
        assert "12,500 of 50,000 rows" in page.text


def test_the_progress_is_asked_for_as_numbers(editor, large):
    large("importing")
    answer = editor.get(its("progress"))
    assert answer.json() == {
        "state": "importing", "done": 12500, "rows": 50000, "words": "12,500 of 50,000 rows", "warning": "",
    }  # fmt: skip
    assert "no-store" in answer.headers["Cache-Control"]


def test_nobody_knows_how_many_rows_there_are_while_a_file_is_read(editor, large):
    large("reading", rows=0)
    page = editor.get(its("change"))
    assert "12,500 rows read" in page.text
    assert "value=" not in page.text.partition("<progress")[2].partition(">")[0]


def test_a_running_import_is_asked_to_stop(editor, large):
    large("importing")
    page = press(editor, "cancel")
    assert batch().stop
    assert "It is being cancelled" in page.text
    assert 'name="cancel"' not in page.text


def test_that_no_worker_runs_is_said_after_a_minute(editor, large):
    large("importing")
    task = {"task_path": "apps.spreadsheets.jobs.write_later", "args_kwargs": {"args": [], "kwargs": {}}}
    task |= {"backend_name": "default", "run_after": get_date_max(), "exception_class_path": "", "traceback": ""}
    waiting = DBTaskResult.objects.create(**task)
    assert editor.get(its("progress")).json()["warning"] == ""
    DBTaskResult.objects.update(enqueued_at=timezone.now() - timedelta(seconds=61))
    assert "the portal's worker does not seem to run" in editor.get(its("progress")).json()["warning"]
    waiting.pk = None
    DBTaskResult.objects.create(**task, status=TaskResultStatus.RUNNING, started_at=timezone.now(), worker_ids=["w"])
    assert editor.get(its("progress")).json()["warning"] == ""


# --- The list --------------------------------------------------------------------------------------------------------


def test_the_list_shows_ones_own_sheets_and_how_they_stand(editor):
    bring(editor, Event, "slug,title_en\nbandung,Bandung\n", "mine.csv")
    bring(editor, Event, "slug,titel_en\nbandung,Bandung\n", "wrong.csv")
    page = editor.get(reverse("admin:spreadsheets_batch_changelist"))
    for words in ["mine.csv", "Waits for confirmation", "<span>1 new</span>", "Something is wrong in it"]:
        assert words in page.text


def test_who_brings_no_sheets_has_no_list_of_them(staff):
    assert staff(group="Moderators").get(reverse("admin:spreadsheets_batch_changelist")).status_code == 403


# --- In Hindi --------------------------------------------------------------------------------------------------------


@pytest.fixture
def hindi_editor(editor):
    editor.cookies["django_language"] = "hi"
    return editor


@every_desk
@pytest.mark.parametrize("page", ["import", "export"])
def test_the_pages_are_in_hindi_too(hindi_editor, model, page):
    html = hindi_editor.get(address(model, page)).text
    assert '<html lang="hi"' in html
    for english in ["An .xlsx", "For example 2026", " · English", " are exported", "Excel workbook", "What is in it"]:
        assert english not in html


def test_a_refused_sheet_is_refused_in_hindi(hindi_editor):
    page = bring(hindi_editor, Event, "slug,title_en,state\na,A,publised\n")
    assert "प्रकाशित" in page.text
    for english in ["The nearest", " refused", "Download your file"]:
        assert english not in page.text


# --- The comments' sheet ---------------------------------------------------------------------------------------------


def test_the_page_for_the_comments_sheet_says_what_fits_comments_and_keeps_the_filters(editor):
    fill_portal()
    form = reverse("admin:comments_comment_export") + "?state__exact=approved"
    CommentFactory(text="An approved remark")
    CommentFactory(text="A remark that waits", state="waiting")
    page = editor.get(form)
    assert "in the language it was written in" in page.text
    assert "column of its own" not in page.text
    file = editor.post(form, {"format": "csv", "records": "listed"})
    text = file.getvalue().decode()
    assert "An approved remark" in text
    assert "A remark that waits" not in text
    assert Entry.objects.get(verb="exported").details["format"] == "csv"
