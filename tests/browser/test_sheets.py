"""Import and export as an editor does it, in a real browser under the portal's own policy."""

import openpyxl
import pytest
from axe_playwright_python.sync_playwright import Axe

from apps.events.models import Event
from tests.factories import EventFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def desk(open_page, live_server, client, superuser):
    """An editor's signed-in window; a refusal by the policy or a script error fails the test."""
    client.force_login(superuser)
    page = open_page()
    session = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
    page.context.add_cookies([session])
    return page


def check(page):
    # preload: axe would inspect stylesheets by adding one to the page, which the policy rightly refuses.
    found = Axe().run(page, options={"resultTypes": ["violations"], "preload": False})
    assert found.violations_count == 0, found.generate_report()


def test_a_workbook_goes_out_is_changed_and_comes_back(desk, tmp_path):
    EventFactory(slug="bandung", title_en="Bandung", title_hi="बांडुंग")
    desk.goto("/admin/events/event/")
    desk.get_by_role("link", name="Export").click()
    check(desk)
    with desk.expect_download() as download:
        desk.get_by_role("button", name="Download").click()
    path = tmp_path / "sheet.xlsx"
    download.value.save_as(path)
    book = openpyxl.load_workbook(path)
    headers = [cell.value for cell in book.active[1]]
    book.active.cell(2, headers.index("title_hi") + 1).value = "बांडुंग सम्मेलन"
    book.save(path)

    desk.goto("/admin/events/event/")
    desk.get_by_role("link", name="Import").click()
    desk.get_by_text("The columns", exact=True).click()
    check(desk)
    desk.get_by_label("Sheet").set_input_files(path)
    desk.get_by_role("button", name="Show what would change").click()
    desk.get_by_text("0 new, 1 changed, 0 as they are.").wait_for()
    check(desk)
    desk.get_by_role("button", name="Import these changes").click()
    desk.get_by_text("Imported: 0 new, 1 changed, 0 as they were.").wait_for()
    assert Event.objects.get().title_hi == "बांडुंग सम्मेलन"


def test_a_refused_sheet_says_so_in_the_page(desk, tmp_path):
    path = tmp_path / "sheet.csv"
    path.write_text("slug,title_en,state\nbandung,Bandung,nonsense\n")
    desk.goto("/admin/events/event/import/")
    desk.get_by_label("Sheet").set_input_files(path)
    desk.get_by_role("button", name="Show what would change").click()
    desk.get_by_role("heading", name="Nothing was imported").wait_for()
    check(desk)


def test_selected_rows_go_out(desk):
    EventFactory(slug="bandung")
    desk.goto("/admin/events/event/")
    desk.locator("input.action-select").first.check()
    desk.get_by_label("Action:").select_option("export_selected")
    desk.get_by_role("button", name="Go").click()
    with desk.expect_download() as download:
        desk.get_by_role("button", name="Download").click()
    assert download.value.suggested_filename.endswith(".xlsx")
