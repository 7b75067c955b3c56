"""The desk's first page in a real browser: readable by everybody, on every screen, in light and dark."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from apps.content.models import State
from apps.publishing import reviewing
from tests.factories import EventFactory

pytestmark = [pytest.mark.browser, pytest.mark.database, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def busy_desk(portal, superuser):
    """A portal in which something waits, something is outdated and something is missing."""
    portal.title_en = "Another title"
    portal.save()
    reviewing.ask_for_review(record=EventFactory(state=State.DRAFT, summary_hi=""), by=superuser)


@pytest.fixture
def open_first_page(open_page, superuser):
    def _open(language="en", **options):
        page = open_page(locale=language, **options)
        page.goto("/admin/login/")
        page.locator("#id_username").fill("asha")
        page.locator("#id_password").fill("a-long-password-1")
        page.locator("#login-form [type=submit]").click()
        page.wait_for_url("**/admin/")
        return page

    return _open


@pytest.mark.parametrize(("width", "scheme", "language"), [(360, "dark", "hi"), (1280, "light", "en")])
def test_axe_finds_nothing_and_nothing_leaves_the_screen(busy_desk, open_first_page, width, scheme, language):
    page = open_first_page(width=width, scheme=scheme, language=language)
    # preload: axe would inspect stylesheets by adding one to the page, which the policy rightly refuses.
    found = Axe().run(page, context="#content-main", options={"preload": False})
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


@pytest.mark.parametrize("width", [360, 1280])
def test_what_is_touched_is_large_enough(busy_desk, open_first_page, width):
    page = open_first_page(width=width)
    heights = page.locator(".waiting a, .language a, .everything a").evaluate_all(
        "links => links.map(link => link.getBoundingClientRect().height)"
    )
    assert min(heights) >= 44


def test_the_picture_fills_its_place_and_a_number_leads_to_its_list(busy_desk, open_first_page):
    page = open_first_page(scripts=False)
    picture, table = (page.locator(f".language {each}").last.bounding_box() for each in ("svg.bars", "table"))
    assert picture["width"] == pytest.approx(table["width"], abs=2)
    page.get_by_role("link", name="in 1 record").last.click()
    assert "translation=hi-" in page.url
    assert page.locator("#result_list tbody tr").count() == 1
