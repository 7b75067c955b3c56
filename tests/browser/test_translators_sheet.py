"""A translator works offline: the sheet goes out, is filled, comes back, and waits in drafts until it is published."""

import openpyxl
import pytest

from apps.content.models import State
from apps.events.models import Event
from apps.publishing.models import Draft
from apps.spreadsheets.models import Batch
from tests.browser.test_sheets import check
from tests.factories import EventFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PAGE = "/admin/spreadsheets/batch/translators-sheet/"
SOURCE, TARGET = 3, 4  # columns, as a spreadsheet program counts them


@pytest.fixture
def event(transactional_db):
    event = EventFactory(slug="bandung", title_en="Bandung", title_hi="बांडुंग", state=State.PUBLISHED)
    event.title_en = "Bandung Conference"
    event.save()  # the Hindi is outdated
    return event


@pytest.fixture
def open_translator(window_of):
    def _open(language="en", **options):
        page = window_of("tara", "Translators into Hindi", **options)
        page.goto("/admin/")
        page.context.add_cookies([{"name": "django_language", "value": language, "url": page.url}])
        page.goto(PAGE)
        return page

    return _open


def take(page, tmp_path):
    """The path of the workbook that the page's first button gives, and the open book."""
    with page.expect_download() as download:
        page.locator("form:not([enctype]) button.button").last.click()
    path = tmp_path / download.value.suggested_filename
    download.value.save_as(path)
    return path, openpyxl.load_workbook(path)


def fill(book, path, column, text):
    """In the only row: the event's outdated title."""
    sheet = book.worksheets[0]
    assert (sheet.max_row, sheet.cell(2, SOURCE).value) == (2, "Bandung Conference")
    sheet.cell(2, column).value = text
    book.save(path)


def bring(page, path):
    page.goto(PAGE)
    page.locator("input[type=file]").set_input_files(path)
    page.locator("button[name=bring]").click()


def test_a_sheet_goes_out_is_filled_comes_back_and_is_published(event, open_translator, window_of, tmp_path):
    desk = open_translator()
    check(desk)
    path, book = take(desk, tmp_path)
    assert path.suffix == ".xlsx"
    fill(book, path, TARGET, "बांडुंग सम्मेलन")
    bring(desk, path)
    desk.get_by_role("heading", name="Preview: nothing is imported yet").wait_for()
    assert desk.locator(".sheet-row h3").inner_text() == "row 2 Event: Bandung Conference · Title"
    assert desk.locator(".sheet-cells dt").all_inner_texts() == ["Source [English]", "Translation [हिन्दी]"]
    assert desk.locator(".sheet-cells dd[lang=en]").inner_text() == "Bandung Conference"
    assert desk.locator(".sheet-cells dd[lang=hi] ins").inner_text().strip() == "सम्मेलन"
    assert desk.locator(".sheet-question").get_by_text("go into their drafts").is_visible()
    check(desk)
    desk.get_by_role("button", name="Import these changes").click()
    desk.get_by_role("heading", name="Imported", exact=True).wait_for()
    check(desk)
    assert desk.goto("/hi/events/bandung/").ok
    assert desk.get_by_role("heading", level=1).inner_text() == "बांडुंग"

    editor = window_of("asha")
    editor.goto(f"/admin/events/event/{event.pk}/publishing/")
    editor.get_by_role("button", name="Publish", exact=True).click()
    assert Event.objects.get().title_hi == "बांडुंग सम्मेलन"
    assert not Draft.objects.exists()


def test_an_edited_source_refuses_the_file_by_name(event, open_translator, tmp_path):
    desk = open_translator()
    path, book = take(desk, tmp_path)
    book.worksheets[0].cell(2, TARGET).value = "बांडुंग सम्मेलन"
    fill(book, path, SOURCE, "Bandoeng Conference")
    bring(desk, path)
    desk.get_by_text("Row 2 changes “Source [English]”, which you may not. Take its change back.").wait_for()
    assert desk.get_by_role("button", name="Import").count() == 0
    check(desk)
    desk.get_by_role("link", name="Choose another file").click()
    assert desk.url.endswith(PAGE)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_on_a_telephone_in_hindi_without_scripts(event, open_translator, tmp_path, scheme):
    desk = open_translator("hi", width=360, scheme=scheme, scripts=False)
    path, book = take(desk, tmp_path)
    fill(book, path, TARGET, "बांडुंग सम्मेलन")
    for target in desk.locator("#content-main :is(a, button, .sheet-choice label)").all():
        assert target.bounding_box()["height"] >= 44
    bring(desk, path)
    assert desk.locator(".sheet-cells ins").inner_text().strip() == "सम्मेलन"
    desk.locator("button[name=confirm]").click()
    assert Batch.objects.get().state == Batch.State.IMPORTED
    assert (Event.objects.get().title_hi, Draft.objects.count()) == ("बांडुंग", 1)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_is_whole_on_a_telephone_in_hindi(event, open_translator, scheme):
    desk = open_translator("hi", width=360, scheme=scheme)
    check(desk)
    for box in desk.locator("input[type=checkbox]").all():
        box.uncheck()
    desk.locator("form:not([enctype]) button.button").last.click()
    desk.locator(".errorlist").wait_for()
    check(desk)


def test_selected_records_go_out(event, open_translator, tmp_path):
    EventFactory(title_hi="")
    desk = open_translator()
    desk.goto("/admin/events/event/?q=bandung")
    desk.locator("input.action-select").first.check()
    desk.get_by_label("Action:").select_option("translate_selected")
    desk.get_by_role("button", name="Go").click()
    check(desk)
    _path, book = take(desk, tmp_path)
    assert book.worksheets[0].max_row == 2
