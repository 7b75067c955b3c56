"""Import and export as a teacher does it, in a real browser under the portal's own policy."""

import openpyxl
import pytest
from axe_playwright_python.sync_playwright import Axe

from apps.events.models import Event
from apps.spreadsheets.models import Batch
from tests.factories import EventFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def check(page):
    """No fault of accessibility, and nothing that has to be scrolled sideways."""
    # preload: axe would inspect stylesheets by adding one to the page, which the policy rightly refuses.
    found = Axe().run(page, options={"resultTypes": ["violations"], "preload": False})
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def take(page, tmp_path):
    """The workbook that the list's export gives: its path, the open book, and its headings."""
    page.goto("/admin/events/event/")
    page.locator("a.export_link").click()
    with page.expect_download() as download:
        page.locator("form .button.default").click()
    path = tmp_path / "events.xlsx"
    download.value.save_as(path)
    book = openpyxl.load_workbook(path)
    return path, book, [cell.value for cell in book.worksheets[0][1]]


def bring(page, path):
    page.goto("/admin/events/event/import/")
    page.locator("input[type=file]").set_input_files(path)
    page.locator("form .button.default").click()


def write(tmp_path, text):
    path = tmp_path / "sheet.csv"
    path.write_text(text)
    return path


def test_a_workbook_goes_out_is_changed_comes_back_and_is_undone(open_desk, tmp_path):
    EventFactory(slug="bandung", title_en="Bandung", title_hi="बांडुंग")
    desk = open_desk()
    path, book, headings = take(desk, tmp_path)
    book.worksheets[0].cell(2, headings.index("Title [हिन्दी]") + 1).value = "बांडुंग सम्मेलन"
    book.save(path)
    bring(desk, path)
    desk.get_by_role("heading", name="Preview: nothing is imported yet").wait_for()
    assert desk.locator(".sheet-cells ins").inner_text().strip() == "सम्मेलन"
    check(desk)
    assert Event.objects.get().title_hi == "बांडुंग"
    desk.get_by_role("button", name="Import these changes").click()
    desk.get_by_role("heading", name="Imported", exact=True).wait_for()
    check(desk)
    assert Event.objects.get().title_hi == "बांडुंग सम्मेलन"
    desk.get_by_role("link", name="Undo this import").click()
    desk.get_by_role("heading", name="Undo this import?").wait_for()
    check(desk)
    desk.get_by_role("button", name="Undo the import").click()
    desk.get_by_role("heading", name="The import was undone").wait_for()
    assert Event.objects.get().title_hi == "बांडुंग"


def test_errors_are_corrected_in_the_file_that_comes_back(open_desk, tmp_path):
    EventFactory(slug="bandung", title_en="Bandung")
    desk = open_desk()
    path, book, headings = take(desk, tmp_path)
    place = headings.index("State") + 1
    book.worksheets[0].cell(2, place).value = "nonsense"
    book.save(path)
    bring(desk, path)
    desk.get_by_role("heading", name="1 refused row").wait_for()
    check(desk)
    with desk.expect_download() as download:
        desk.get_by_role("link", name="Download your file with the errors marked").click()
    marked = tmp_path / "marked.xlsx"
    download.value.save_as(marked)
    book = openpyxl.load_workbook(marked)
    assert "“nonsense” is not one of" in book.worksheets[0].cell(2, len(headings) + 1).value
    book.worksheets[0].cell(2, place).value = "Draft"
    book.save(marked)
    desk.get_by_role("link", name="Choose another file").click()
    bring(desk, marked)
    desk.get_by_role("button", name="Import these changes").click()
    desk.get_by_role("heading", name="Imported", exact=True).wait_for()
    assert Event.objects.get().state == "draft"


def test_the_good_rows_are_imported_after_a_tick(open_desk, tmp_path):
    desk = open_desk()
    bring(desk, write(tmp_path, "slug,title_en,state\na,A,draft\nb,B,nonsense\n"))
    button = desk.get_by_role("button", name="Import the 1 good row")
    button.click()  # the browser asks for the tick
    assert not Event.objects.exists()
    desk.get_by_label("Leave out the 1 refused row.").check()
    button.click()
    desk.get_by_text("the refused ones were left out").wait_for()
    assert [each.slug for each in Event.objects.all()] == ["a"]


def test_without_scripts_it_is_all_there(open_desk, tmp_path):
    desk = open_desk(scripts=False)
    bring(desk, write(tmp_path, "slug,title_en,title_hi\nbandung,Bandung,बांडुंग\n"))
    desk.locator(".sheet-row summary").click()
    desk.get_by_text("बांडुंग", exact=True).wait_for()
    desk.get_by_role("button", name="Import these changes").click()
    desk.get_by_role("link", name="Undo this import").click()
    desk.get_by_role("button", name="Undo the import").click()
    desk.get_by_role("heading", name="The import was undone").wait_for()
    assert not Event.objects.exists()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_on_a_telephone_in_hindi(open_desk, tmp_path, scheme):
    EventFactory(slug="bandung", title_hi="बांडुंग सम्मेलन")
    desk = open_desk(width=360, scheme=scheme)
    desk.context.add_cookies([{"name": "django_language", "value": "hi", "url": desk.url}])
    for there in ("/admin/events/event/import/", "/admin/events/event/export/"):
        desk.goto(there)
        for summary in desk.locator("#content summary").all():
            summary.click()
        check(desk)
    bring(desk, write(tmp_path, "slug,title_hi,start\nbandung,बांडुंग का सम्मेलन,\nx,क,31/31/1964\n" + "y" * 300 + ",ख,\n"))
    desk.locator(".sheet-table q").first.wait_for()
    check(desk)
    for target in desk.locator("#content-main :is(a, button, summary, .sheet-tick)").all():
        assert target.bounding_box()["height"] >= 44
    desk.goto("/admin/spreadsheets/batch/")
    check(desk)


def test_a_wrong_file_gets_a_sentence(open_desk, tmp_path):
    desk = open_desk()
    bring(desk, write(tmp_path, "%PDF-1.7").rename(tmp_path / "sheet.xlsx"))
    desk.get_by_text("The file is not the kind of workbook that its name says.").wait_for()
    check(desk)
    bring(desk, write(tmp_path, "x").rename(tmp_path / "sheet.pdf"))
    desk.get_by_text("Choose a file whose name ends in .xlsx, .ods or .csv.").first.wait_for()
    check(desk)


def test_the_progress_moves_and_its_end_opens_the_page_anew(open_desk, tmp_path):
    desk = open_desk()
    bring(desk, write(tmp_path, "slug,title_en\nbandung,Bandung\n"))
    Batch.objects.update(state="importing", rows=50_000, done=12_500)
    desk.reload()
    assert desk.get_by_role("status").inner_text() == "12,500 of 50,000 rows"
    check(desk)
    Batch.objects.update(done=25_000)
    desk.get_by_text("25,000 of 50,000 rows").wait_for()
    Batch.objects.update(state="imported", done=50_000)
    desk.get_by_role("heading", name="Imported", exact=True).wait_for()


def test_the_progress_says_that_the_portal_is_away_and_goes_on_when_it_is_back(open_desk, tmp_path):
    desk = open_desk()
    bring(desk, write(tmp_path, "slug,title_en\nbandung,Bandung\n"))
    Batch.objects.update(state="importing", rows=50_000, done=12_500)
    away = desk.get_by_text("The portal can't be reached just now.")
    # An answer as of a proxy whose portal is down; the browser writes none of it to its console.
    desk.route("**/progress/", lambda route: route.fulfill(status=200, content_type="application/json", body="<html>"))
    desk.reload()
    away.wait_for()
    check(desk)
    Batch.objects.update(done=25_000)
    desk.unroute("**/progress/")
    away.wait_for(state="hidden")
    desk.get_by_text("25,000 of 50,000 rows").wait_for()


def test_what_is_in_the_way_of_undoing_fits_a_telephone(open_desk, tmp_path):
    EventFactory(slug="bandung", title_en="Old")
    desk = open_desk(width=360)
    bring(desk, write(tmp_path, "slug,title_en\nbandung,New\n"))
    desk.get_by_role("button", name="Import these changes").click()
    desk.get_by_role("heading", name="Imported", exact=True).wait_for()
    Event.objects.get().save()
    desk.get_by_role("link", name="Undo this import").click()
    desk.get_by_role("heading", name="This import can't be undone now").wait_for()
    check(desk)
    for target in desk.locator("#content-main :is(a, button)").all():
        assert target.bounding_box()["height"] >= 44


def test_selected_rows_go_out(open_desk):
    EventFactory(slug="bandung")
    desk = open_desk()
    desk.goto("/admin/events/event/")
    desk.locator("input.action-select").first.check()
    desk.get_by_label("Action:").select_option("export_selected")
    desk.get_by_role("button", name="Go").click()
    check(desk)
    with desk.expect_download() as download:
        desk.get_by_role("button", name="Download").click()
    assert download.value.suggested_filename.endswith(".xlsx")


def test_a_file_that_is_read_anew_does_not_go_back_on_the_page(open_desk, tmp_path):
    desk = open_desk()
    bring(desk, write(tmp_path, "slug,title_en\nbandung,Bandung\n"))
    Batch.objects.update(state="reading", rows=0, done=12_500)
    desk.reload()
    desk.get_by_text("12,500 rows read so far.").wait_for()
    with desk.expect_response("**/progress/"):
        Batch.objects.update(done=500)
    with desk.expect_response("**/progress/"):
        pass
    assert "12,500 rows read" in desk.locator(".sheet-words").inner_text()
    Batch.objects.update(done=13_000)
    desk.get_by_text("13,000 rows read so far.").wait_for()
