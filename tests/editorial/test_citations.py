"""All citations of the portal in one list."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from apps.editorial.roles import roles
from apps.sources.models import Citation
from tests.factories import CitationFactory, EventFactory, OrganisationFactory, SourceFactory

pytestmark = [pytest.mark.django_db, pytest.mark.database]

LIST = reverse("admin:sources_citation_changelist")


def test_the_list_says_what_each_source_states_and_leads_to_the_record(editor):
    event = EventFactory(title_en="New Delhi conference")
    CitationFactory(record=event, fact="date", value_en="February 1982", value_hi="फ़रवरी 1982")
    html = editor.get(LIST).text
    assert "February 1982" in html
    assert reverse("admin:events_event_change", args=[event.pk]) in html
    assert "New Delhi conference" in html


def test_no_row_opens_a_form_with_bare_keys(editor):
    citation = CitationFactory(record=EventFactory())
    own_form = reverse("admin:sources_citation_change", args=[citation.pk])
    assert own_form not in editor.get(LIST).text
    assert editor.get(own_form).status_code == 403


def test_a_hundred_citations_take_ten_queries(editor, django_assert_max_num_queries):
    for _ in range(50):
        CitationFactory(record=EventFactory())
        CitationFactory(record=OrganisationFactory())
    editor.get(LIST)
    with django_assert_max_num_queries(10):
        editor.get(LIST)


# --- Their sheet ----------------------------------------------------------------------------------------------------

PAGES = [reverse(f"admin:sources_citation_{page}") for page in ("import", "export")]
IMPORT, EXPORT = PAGES


def sheet(text):
    return {"import_file": SimpleUploadedFile("citations.csv", text.encode())}


@pytest.fixture
def in_role(django_user_model):
    """``in_role("editor")``: the browser of a staff user of that role."""

    def _in_role(name):
        user = django_user_model.objects.create_user(name, password="a-long-password-1", is_staff=True)
        rights = next(role for role in roles() if role.name == name).permissions()
        user.user_permissions.set(rights)
        browser = Client()
        browser.force_login(user)
        return browser

    return _in_role


def test_an_editor_exports_them_with_their_records_in_words(in_role):
    CitationFactory(record=EventFactory(slug="bandung"), source=SourceFactory(slug="report"), position=1)
    file = in_role("editor").post(EXPORT, {"format": "csv", "records": "listed"})
    header, row = b"".join(file.streaming_content).decode("utf-8-sig").splitlines()
    assert header.startswith("Record,Order,Source")
    assert row.startswith("events.event/bandung,1,report")


def test_an_editor_imports_them_with_a_preview(in_role):
    event = EventFactory(slug="bandung")
    CitationFactory(record=event, source=SourceFactory(slug="report"), position=1, fact="date", value_en="1954")
    editor = in_role("editor")
    rows = "record,position,source,value_en\nevents.event/bandung,1,report,1955\nevents.event/bandung,2,report,\n"
    preview = editor.post(IMPORT, sheet(rows))
    assert Citation.objects.get().value_en == "1954"
    editor.post(preview.url, {"confirm": "1"})
    assert list(Citation.objects.values_list("position", "value_en")) == [(1, "1955"), (2, "")]


def test_a_citation_of_nothing_is_refused(in_role):
    SourceFactory(slug="report")
    page = in_role("editor").post(IMPORT, sheet("record,position,source\nevents.event/bandung,1,report\n"), follow=True)
    assert "There is no event “bandung”." in page.text
    assert not Citation.objects.exists()


@pytest.mark.parametrize("page", PAGES)
def test_staff_without_the_rights_open_no_page_of_it(in_role, page):
    browser = in_role("moderator")
    assert browser.get(page).status_code == 403
    assert browser.post(page, {"format": "csv"}).status_code == 403


def test_a_translator_takes_the_sheet_out_and_brings_only_the_translations_in(in_role):
    CitationFactory(record=EventFactory(slug="bandung"), position=1, note_en="Page 4.", note_hi="")
    browser = in_role("translator-hi")
    assert browser.get(EXPORT).status_code == 200
    page = browser.post(IMPORT, sheet("record,position,note_en\nevents.event/bandung,1,Other\n"), follow=True)
    assert "Row 2 changes “note_en”, which you may not." in page.text
    assert browser.post(page.redirect_chain[-1][0], {"confirm": "1"}, follow=True).status_code == 200
    assert Citation.objects.get().note_en == "Page 4."


def test_a_record_is_deleted_with_its_citations(editor):
    event = EventFactory()
    CitationFactory(record=event)
    editor.post(reverse("admin:events_event_delete", args=[event.pk]), {"post": "yes"})
    assert not Citation.objects.exists()


def test_values_that_mean_the_same_are_no_difference():
    event = EventFactory()
    for value in ("१९९०", "1990"):
        CitationFactory(record=event, fact="date", value_en="1990", value_hi=value)
    assert event.differences == []
