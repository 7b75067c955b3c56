"""An editor sees what became of a Hindi text, brings one field back, and then a note that was deleted."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from apps.topics.models import Topic
from tests.editorial.families import address
from tests.factories import SectionFactory, TopicFactory

pytestmark = [pytest.mark.browser, pytest.mark.database, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def desk(open_desk):
    """An editor's signed-in window, without scripts: everything here works without them."""
    return open_desk(scripts=False)


@pytest.fixture
def note():
    note = TopicFactory(title_en="Bandung", title_hi="बांडुंग")
    section = SectionFactory(topic=note, heading_en="The beginnings", heading_hi="आरम्भ", body_hi="दक्षिण आयोग बना।")
    section.body_hi = "दक्षिण आयोग टूटा।"
    section.save()
    return note


def test_a_hindi_text_comes_back_and_so_does_a_deleted_note(desk, note):
    desk.goto(address(note, "change"))
    desk.get_by_role("link", name="History").click()
    desk.get_by_text("Section “The beginnings” · Text · Hindi").wait_for()
    desk.get_by_role("link", name="What changed").first.click()
    assert desk.locator("[lang=hi] del").text_content() == "बना"
    assert desk.locator("[lang=hi] ins").text_content() == "टूटा"
    desk.get_by_label("Bring this back: Section “The beginnings” · Text · Hindi").check()
    desk.get_by_role("button", name="Bring back what I ticked").click()
    desk.get_by_text("Brought back into the draft").wait_for()
    assert note.sections.get().body_hi == "दक्षिण आयोग टूटा।"  # what readers see

    desk.get_by_role("link", name="review and publish").click()
    desk.get_by_role("button", name="Publish", exact=True).click()
    desk.get_by_text("Published. Readers see it now.").wait_for()
    desk.goto(f"/hi{note.get_absolute_url()[3:]}")
    desk.get_by_text("दक्षिण आयोग बना।").wait_for()

    desk.goto(address(note, "delete"))
    desk.get_by_role("button", name="Yes, I’m sure").click()
    desk.get_by_role("link", name="Deleted…").click()
    desk.get_by_role("link", name="Look").click()
    desk.get_by_text("दक्षिण आयोग बना।").wait_for()
    desk.get_by_role("button", name="Bring back").click()
    desk.get_by_text("Brought back as a draft.").wait_for()
    assert Topic.objects.get(pk=note.pk).sections.get().body_hi == "दक्षिण आयोग बना।"


@pytest.mark.parametrize(("width", "scheme"), [(360, "light"), (1280, "dark")])
def test_the_pages_of_the_history_can_be_read_by_everybody(
    open_page, live_server, client, superuser, note, width, scheme
):
    client.force_login(superuser)
    page = open_page(width=width, scheme=scheme)
    page.context.add_cookies(
        [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}]
    )
    gone = TopicFactory(title_en="Gone")
    pk = gone.pk
    gone.delete()
    page.goto(address(note, "history"))
    compare = page.get_by_role("link", name="What changed").first.get_attribute("href")
    deleted = address(Topic, "deleted")
    for path in (address(note, "history"), compare, deleted, f"{deleted}{pk}/"):
        page.goto(path)
        found = Axe().run(page, options={"resultTypes": ["violations"], "preload": False})
        assert found.violations_count == 0, found.generate_report()
        assert page.evaluate("document.documentElement.scrollWidth") <= width
