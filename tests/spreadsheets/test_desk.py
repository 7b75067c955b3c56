"""Import and export at the desk: every kind of record, who may, and what is written."""

import pytest
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from apps.events.models import Event
from apps.languages.fields import column_labels
from apps.organisations.models import Organisation
from apps.spreadsheets import uploads
from apps.spreadsheets.admin import SheetAdminMixin
from apps.spreadsheets.forms import KINDS
from tests.comments.factories import CommentFactory
from tests.factories import EventFactory, OrganisationFactory
from tests.spreadsheets.sheets import MODELS, fill_portal, label, sheet_of

pytestmark = [pytest.mark.django_db, pytest.mark.database]

DESKS = [model for model, desk in admin.site._registry.items() if isinstance(desk, SheetAdminMixin)]
every_desk = pytest.mark.parametrize("model", DESKS, ids=label)


def address(model, page):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}")


def csv(text, name="sheet.csv"):
    return SimpleUploadedFile(name, text.encode() if isinstance(text, str) else text)


def upload(client, model, text, name="sheet.csv"):
    return client.post(address(model, "import"), {"import_file": csv(text, name)})


@pytest.fixture(autouse=True)
def upload_folder(monkeypatch, tmp_path):
    """Where uploads wait for their confirmation."""
    monkeypatch.setattr(uploads.tempfile, "tempdir", str(tmp_path))
    return tmp_path


@pytest.fixture
def staff(django_user_model):
    """``staff("import_event")``: the browser of a staff user with these rights and no others."""

    def _staff(*rights):
        user = django_user_model.objects.create_user(f"staff{len(rights)}", password="a-long-password-1", is_staff=True)
        user.user_permissions.set(Permission.objects.filter(codename__in=rights))
        assert user.user_permissions.count() == len(rights)
        client = Client()
        client.force_login(user)
        return client

    return _staff


def test_every_record_that_has_a_desk_has_a_sheet():
    assert set(DESKS) == set(MODELS)


# --- Who may ---------------------------------------------------------------------------------------------------------


def importing(model):
    """The rights that an import of ``model`` asks for."""
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
    for page in ("import", "process_import", "export"):
        assert client.get(address(model, page)).status_code == 403, page
        assert client.post(address(model, page), {"format": "csv", "ticket": "x"}).status_code == 403, page
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
    assert exporter.post(address(model, "process_import")).status_code == 403


def test_the_right_for_one_kind_is_none_for_another(staff):
    client = staff("import_event", "export_event")
    assert client.get(address(Organisation, "import")).status_code == 403
    assert client.get(address(Organisation, "export")).status_code == 403


def test_a_reader_is_sent_to_the_sign_in(reader):
    assert reader.get(address(Event, "export")).status_code == 302
    assert reader.post(address(Event, "process_import")).status_code == 302


# --- Out -------------------------------------------------------------------------------------------------------------


@every_desk
@pytest.mark.parametrize("kind", KINDS)
def test_what_the_desk_exports_it_imports_without_a_change(editor, model, kind):
    fill_portal()
    file = editor.post(address(model, "export"), {"format": kind})
    assert file.headers["Content-Disposition"].endswith(f'.{kind}"')
    page = upload(editor, model, file.content, f"sheet.{kind}")
    assert f"0 new, 0 changed, {len(sheet_of(model))} as they are." in page.text


def test_the_export_follows_the_list(editor):
    EventFactory(slug="bandung", title_en="Bandung")
    EventFactory(slug="belgrade", title_en="Belgrade")
    file = editor.post(address(Event, "export") + "?q=bandung", {"format": "csv"})
    assert "bandung" in file.text
    assert "belgrade" not in file.text


def test_selected_rows_are_exported(editor):
    chosen, _other = EventFactory(slug="bandung"), EventFactory(slug="belgrade")
    page = editor.post(address(Event, "changelist"), {"action": "export_selected", "_selected_action": [chosen.pk]})
    form = page.context["form"]
    file = editor.post(page.context["address"], {"format": "csv", "export_items": form["export_items"].value()})
    assert "bandung" in file.text
    assert "belgrade" not in file.text


@pytest.mark.parametrize(
    "data", [{"format": "exe"}, {"format": "csv", "export_items": "1;drop"}, {"format": "9"}, {"x": "y"}]
)
def test_a_wrong_export_form_comes_back(editor, data):
    assert "errorlist" in editor.post(address(Event, "export"), data).text


def test_a_wrong_filter_leads_back_to_the_list(editor):
    assert editor.get(address(Event, "export") + "?publish_at__gte=abc").status_code == 302


def test_what_no_file_can_hold_is_said_on_the_page(editor):
    EventFactory(slug="bandung", title_en="a\x0bb")
    assert "Character 2 of “title_en” in “bandung”" in editor.post(address(Event, "export"), {"format": "xlsx"}).text


def test_an_export_takes_as_many_queries_for_many_rows_as_for_few(editor, django_assert_max_num_queries):
    for _number in range(40):
        EventFactory(organisations=[OrganisationFactory()])
    with django_assert_max_num_queries(12):
        editor.post(address(Event, "export"), {"format": "csv"})


# --- In --------------------------------------------------------------------------------------------------------------


def test_a_preview_shows_the_change_and_only_confirming_writes_it(editor, upload_folder):
    EventFactory(slug="bandung", title_en="Old")
    page = upload(editor, Event, "slug,title_en\nbandung,New\nbelgrade,Belgrade\n")
    assert "1 new, 1 changed, 0 as they are." in page.text
    assert "<del>Old</del><ins>New</ins>" in page.text
    assert Event.objects.get().title_en == "Old"
    done = editor.post(address(Event, "process_import"), {"ticket": page.context["ticket"]}, follow=True)
    assert "Imported: 1 new, 1 changed, 0 as they were." in done.text
    assert list(upload_folder.iterdir()) == []
    assert {each.slug: each.title_en for each in Event.objects.all()} == {"bandung": "New", "belgrade": "Belgrade"}
    assert {each.change_message for each in LogEntry.objects.all()} == {"Imported from a sheet."}


def test_a_sheet_that_changes_nothing_has_nothing_to_confirm(editor):
    EventFactory(slug="bandung", title_en="Same")
    page = upload(editor, Event, "slug,title_en\nbandung,Same\n")
    assert "there is nothing to import" in page.text
    assert page.context["ticket"] == ""


def test_a_refused_sheet_names_row_column_and_reason_and_offers_no_confirmation(editor):
    page = upload(editor, Event, "slug,title_en,state\na,A,draft\nb,,nonsense\n")
    assert page.context["preview"].refused[0][0] == 3
    assert "“nonsense” is not one of" in page.text
    assert page.context["ticket"] == ""
    assert not Event.objects.exists()


def test_what_became_wrong_since_the_preview_is_refused_whole(editor):
    page = upload(editor, Event, "slug,title_en,organisations\na,A,\nb,B,g-77\n")
    OrganisationFactory(slug="g-77")
    page = upload(editor, Event, "slug,title_en,organisations\na,A,\nb,B,g-77\n")
    Organisation.objects.all().delete()
    done = editor.post(address(Event, "process_import"), {"ticket": page.context["ticket"]})
    assert "Nothing was imported" in done.text
    assert not Event.objects.exists()


def test_a_ticket_is_good_once_for_one_person_and_one_kind(editor, staff):
    page = upload(editor, Event, "slug,title_en\nbandung,Bandung\n")
    data = {"ticket": page.context["ticket"]}
    others = staff("publish_event", *importing(Event)[:1], "import_organisation")
    assert "no longer valid" in others.post(address(Event, "process_import"), data, follow=True).text
    assert "no longer valid" in editor.post(address(Organisation, "process_import"), data, follow=True).text
    assert "Imported: 1 new" in editor.post(address(Event, "process_import"), data, follow=True).text
    assert "no longer valid" in editor.post(address(Event, "process_import"), data, follow=True).text
    assert Event.objects.count() == 1


@pytest.mark.parametrize("ticket", ["", "nonsense", "../../etc/passwd", "\x00"])
def test_a_made_up_ticket_is_refused(editor, ticket):
    done = editor.post(address(Event, "process_import"), {"ticket": ticket}, follow=True)
    assert done.status_code in {200, 400}
    assert done.status_code == 400 or "no longer valid" in done.text


def test_an_old_upload_is_deleted(editor, monkeypatch, upload_folder):
    page = upload(editor, Event, "slug,title_en\nbandung,Bandung\n")
    assert len(list(upload_folder.iterdir())) == 1
    monkeypatch.setattr(uploads, "SECONDS", -1)
    done = editor.post(address(Event, "process_import"), {"ticket": page.context["ticket"]}, follow=True)
    assert "no longer valid" in done.text
    uploads.forget_old()
    assert list(upload_folder.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("sheet.pdf", b"x", "Choose a file whose name ends in"),
        ("sheet", b"x", "Choose a file whose name ends in"),
        ("sheet.csv", b"", "empty"),
        ("sheet.csv", b"\xff\xfe\x00", "not in UTF-8"),
        ("sheet.xlsx", b"not a zip", "not the kind of workbook"),
        ("sheet.ods", b"not a zip", "not the kind of workbook"),
        ("sheet.csv", b"slug,titel_en\na,b", "The nearest is “title_en”"),
        ("sheet.csv", b"slug,title_en\n", "no rows"),
    ],
)
def test_any_file_gets_a_sentence(editor, name, content, words):
    page = upload(editor, Event, content, name)
    assert page.status_code == 200
    assert words in page.text


def test_a_file_that_is_too_large_is_refused(editor):
    assert "larger than 5 MB" in upload(editor, Event, b"x" * (5 * 1024 * 1024 + 1)).text


def test_no_file_at_all_gets_a_sentence(editor):
    assert "This field is required." in editor.post(address(Event, "import"), {"x": "y"}).text


def test_a_long_list_of_changes_is_cut_and_says_so(editor):
    rows = "".join(f"event-{number},Event {number}\n" for number in range(130))
    page = upload(editor, Event, f"slug,title_en\n{rows}")
    assert "30 more rows are not listed here." in page.text


@every_desk
def test_the_import_page_explains_the_sheet(editor, model):
    page = editor.get(address(model, "import"))
    assert "[clear]" in page.text
    assert address(model, "export") in page.text
    assert all(f"<code>{column}</code>" in page.text for column in sheet_of(model).headers)


@every_desk
def test_the_import_page_names_the_language_of_a_column_in_words(editor, model):
    page = editor.get(address(model, "import"))
    for column, words in column_labels(model).items():
        assert f"<code>{column}</code></th><td>{words}</td>" in page.text
    assert "[en]" not in page.text


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
    for english in ["An .xlsx", "For example 2026", " · English", " are exported", "Excel workbook"]:
        assert english not in html


def test_a_refused_sheet_is_refused_in_hindi(hindi_editor):
    page = upload(hindi_editor, Event, "slug,title_en,state\na,A,publised\n")
    assert "published" in page.text
    assert "The nearest" not in page.text


# --- The comments' sheet ---------------------------------------------------------------------------------------------


def test_the_page_for_the_comments_sheet_says_what_fits_comments_and_keeps_the_filters(editor):
    fill_portal()
    form = reverse("admin:comments_comment_export") + "?state__exact=approved"
    CommentFactory(text="An approved remark")
    CommentFactory(text="A remark that waits", state="waiting")
    page = editor.get(form)
    assert "each in the language it was written in" in page.text
    assert "column of its own" not in page.text
    # Without an address of its own the form is sent to where it stands, filters included.
    assert '<form method="post">' in page.text
    (number,) = [value for value, kind in page.context["form"].fields["format"].choices if kind == "CSV, UTF-8 (.csv)"]
    file = editor.post(form, {"format": number, "resource": "0"})
    assert "An approved remark" in file.text
    assert "A remark that waits" not in file.text


def test_a_record_that_somebody_changed_since_the_preview_is_not_overwritten_but_shown_again(editor):
    event = EventFactory(slug="bandung", title_en="Bandung")
    ticket = upload(editor, Event, "slug,title_en\nbandung,From the sheet\n").context["ticket"]
    event.title_en = "From the form"
    event.save()
    again = editor.post(address(Event, "process_import"), {"ticket": ticket})
    assert "the records have changed since the preview" in again.text
    assert "<del>form</del>" in again.text
    event.refresh_from_db()
    assert event.title_en == "From the form"
    editor.post(address(Event, "process_import"), {"ticket": again.context["ticket"]})
    event.refresh_from_db()
    assert event.title_en == "From the sheet"
