"""A pasted note becomes a draft: at a desk and on a phone, in English and in Hindi, also without scripts."""

import pytest
from django.conf import settings

from apps.content.models import State
from apps.topics.models import Topic
from tests.browser.test_sheets import check
from tests.topics.test_pasting_texts import ENGLISH_NOTE, HINDI_NOTE, SENTENCE

pytestmark = [pytest.mark.browser, pytest.mark.database, pytest.mark.django_db(transaction=True)]

PASTE = "/admin/topics/topic/paste/"


def in_hindi(page, live_server):
    cookie = {"name": settings.LANGUAGE_COOKIE_NAME, "value": "hi", "url": live_server.url}
    page.context.add_cookies([cookie])


def sideways(page):
    return page.evaluate("document.documentElement.scrollWidth > innerWidth")


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_an_english_note_is_pasted_looked_at_and_made(window_of, scripts):
    page = window_of("asha", scripts=scripts)
    page.goto("/admin/topics/topic/")
    page.locator(f'a[href="{PASTE}"]').click()
    page.locator("#id_text").fill(ENGLISH_NOTE)
    if scripts:
        check(page)
    page.locator("[name=_preview]").click()
    page.get_by_text("3 sections were found. Nothing is stored yet.").wait_for()
    if scripts:
        check(page)
    assert not Topic.objects.exists()
    page.locator("#id_title").fill("The neighbours")
    page.locator("#id_slug").fill("The neighbours")
    page.locator("[name=_make]").click()
    page.get_by_text("Small Latin letters and digits, with single hyphens between").first.wait_for()
    page.locator("#id_slug").fill("the-neighbours")
    page.locator("[name=_make]").click()
    page.get_by_text("The draft “The neighbours” is made, with 3 sections.").wait_for()
    assert page.locator("#id_sections-2-heading_en").input_value() == "What Remains"
    assert Topic.objects.get().state == State.DRAFT


def test_a_hindi_note_is_pasted_in_the_hindi_desk_on_a_phone(window_of, live_server):
    page = window_of("asha", width=360, scheme="dark")
    in_hindi(page, live_server)
    page.goto(PASTE)
    assert not sideways(page)
    page.locator("#id_text").fill(HINDI_NOTE)
    page.locator("[name=_preview]").click()
    page.locator(".paste-damage").first.wait_for()
    assert not sideways(page)
    check(page)
    assert page.locator("#id_slug").input_value() == ""
    assert page.locator(".paste-damage input:checked").count() == 0
    page.locator("#id_heading_2").fill("विश्व व्यापार")
    page.locator(".paste-damage input").first.check()
    page.locator("[name=_make]").click()
    page.locator(".errorlist").first.wait_for()  # no address name
    assert page.locator("#id_heading_2").input_value() == "विश्व व्यापार"
    assert page.locator(".paste-damage input:checked").count() == 1
    page.locator("#id_slug").fill("neighbours")
    page.locator("[name=_make]").click()
    page.locator(".messagelist .success").wait_for()
    topic = Topic.objects.get()
    assert topic.source_language == "hi"
    assert "WTO" in topic.sections.get(heading_hi="विश्व व्यापार").body_hi


def test_what_can_not_be_stored_leaves_the_text_where_it_was(window_of):
    page = window_of("asha")
    page.goto(PASTE)
    page.locator("[name=_preview]").click()
    page.get_by_text("Paste a text, or choose a file with one.").wait_for()
    text = f"## {'long ' * 50}\n\n{SENTENCE}\n"
    page.locator("#id_text").fill(text)
    page.locator("[name=_preview]").click()
    page.get_by_text("Line 1: this heading has 249 characters").first.wait_for()
    assert page.locator("#id_text").input_value() == text
    check(page)


def test_a_file_is_read_and_the_way_back_has_its_text(window_of, tmp_path):
    path = tmp_path / "note.txt"
    path.write_bytes(ENGLISH_NOTE.encode("utf-16"))
    page = window_of("asha")
    page.goto(PASTE)
    page.locator("#id_file").set_input_files(path)
    page.locator("[name=_preview]").click()
    page.get_by_text("it may be in UTF-16").first.wait_for()
    path.write_text(ENGLISH_NOTE, encoding="utf-8")
    page.locator("#id_file").set_input_files(path)
    page.locator("[name=_preview]").click()
    page.get_by_text("3 sections were found").wait_for()
    page.locator("[name=_back]").click()
    assert page.locator("#id_text").input_value() == ENGLISH_NOTE


def test_a_text_that_was_not_sent_is_offered_again(window_of):
    page = window_of("asha")
    page.goto(PASTE)
    page.locator("#id_text").fill(ENGLISH_NOTE)
    page.wait_for_timeout(3500)
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto("/admin/")
    page.goto(PASTE)
    page.get_by_role("button", name="Bring back what you typed").click()
    assert page.locator("#id_text").input_value() == ENGLISH_NOTE
