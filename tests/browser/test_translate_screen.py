"""The translate screen in a real browser: at a desk and on a phone, without scripts, readable for everybody."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from apps.topics.models import Topic
from tests.editorial.families import address
from tests.factories import GlossaryTermFactory

pytestmark = [pytest.mark.browser, pytest.mark.database, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def note(portal):
    """A draft in which one text is outdated, one missing, and a term stands."""
    GlossaryTermFactory(term_en="Members", term_hi="सदस्य")
    Topic.objects.filter(pk=portal.pk).update(state="draft")
    section = portal.sections.first()
    section.body_en = section.body_en.replace("It has", "It now has")
    section.save()
    return portal


def field(page, row, name, place="record"):
    return page.locator(f'[name="{place}/{row.pk}/{name}"]')


@pytest.mark.parametrize(("width", "scheme"), [(360, "dark"), (1280, "light")])
def test_the_screen_fits_its_window_and_has_no_barrier(open_desk, note, width, scheme):
    page = open_desk(width=width, scheme=scheme)
    page.goto(address(note, "translate", "hi"))
    field(page, note, "summary").fill("वे १९५५ में आए ।")
    page.locator("[name=_check]").click()
    page.locator(".translate-findings").first.wait_for()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    # preload: axe would inspect stylesheets by adding one to the page, which the policy rightly refuses.
    found = Axe().run(page, options={"resultTypes": ["violations"], "preload": False}).response["violations"]
    assert [(each["id"], [node["html"][:200] for node in each["nodes"]]) for each in found] == []


def test_source_and_translation_stand_side_by_side_or_one_under_the_other(open_desk, note):
    page = open_desk(width=1280)
    page.goto(address(note, "translate", "hi"))
    text = page.locator(f'[id="record-{note.pk}-summary"]')
    source, target = (text.locator(f".translate-{side}").bounding_box() for side in ("source", "target"))
    assert target["x"] > source["x"] + source["width"] - 1
    page.get_by_role("button", name="One under the other").click()
    page.goto(address(note, "translate", "hi"))
    source, target = (text.locator(f".translate-{side}").bounding_box() for side in ("source", "target"))
    assert target["y"] >= source["y"] + source["height"]


def test_a_translator_works_without_scripts_from_one_open_text_to_the_next(open_desk, note):
    page = open_desk(scripts=False, width=360)
    page.goto(address(note, "translate", "hi"))
    outdated, missing = note.sections.all()[:2]
    page.get_by_role("link", name="First text that needs work").click()
    assert page.url.endswith(f"#sections-{outdated.pk}-body")
    page.locator(f'[name="sections/{outdated.pk}/body/right"]').check()
    field(page, missing, "body", "sections").fill("अब तक केवल अंग्रेज़ी में ।")
    page.locator(".submit-row [name=_save]").click()
    page.get_by_role("button", name="Save all the same").click()
    page.locator(".messagelist .success").wait_for()
    missing.refresh_from_db()
    assert missing.body_hi == "अब तक केवल अंग्रेज़ी में ।"
    assert page.locator(".translation-outdated, .translation-missing").count() == 0


def test_the_enter_key_saves(open_desk, note):
    page = open_desk()
    page.goto(address(note, "translate", "hi"))
    field(page, note, "title").fill("नया शीर्षक")
    field(page, note, "title").press("Enter")
    page.locator(".messagelist .success").wait_for()
    assert Topic.objects.get(pk=note.pk).title_hi == "नया शीर्षक"
