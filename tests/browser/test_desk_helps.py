"""What the desk does for an editor on the way: a link for somebody without an account, a plan, old Hindi fonts."""

import re

import pytest
import time_machine
from django.core.management import call_command
from django.utils import timezone

from apps.publishing.models import draft_of
from apps.topics.models import Topic
from tests.browser.conftest import reopen
from tests.editorial.families import address
from tests.factories import TopicFactory

pytestmark = [pytest.mark.browser, pytest.mark.database, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def note():
    return TopicFactory(slug="lagos", title_en="The Lagos plan", title_hi="लागोस योजना", sections=1)


def draft(page, note, **texts):
    page.goto(address(note, "change"))
    for name, text in texts.items():
        page.locator(f"#id_{name}").fill(text)
    page.locator("[name=_publishing]").click()
    page.get_by_text("What the draft changes").wait_for()


def test_a_draft_is_shown_to_a_stranger_by_a_link_and_at_two_widths_to_its_editor(open_desk, open_page, note):
    page, stranger = open_desk(scripts=False), open_page(scripts=False, width=360)
    draft(page, note, title_hi="लागोस कार्ययोजना")
    page.locator("summary", has_text="A link for somebody").click()
    link = page.locator(".share-link").nth(1).get_attribute("href")
    stranger.goto(link)
    stranger.get_by_role("heading", name="लागोस कार्ययोजना").wait_for()
    assert stranger.context.cookies() == []

    page.locator("a[href$='/preview/hi/widths/']").click()
    for number in range(2):
        frame = page.locator("iframe").nth(number).content_frame
        frame.get_by_role("heading", name="लागोस कार्ययोजना").wait_for()


def test_a_planned_draft_reaches_readers_when_its_time_has_come(open_desk, open_page, note):
    page, reader = open_desk(scripts=False), open_page(scripts=False)
    draft(page, note, title_en="The Lagos plan of action")
    tomorrow = timezone.localtime() + timezone.timedelta(days=1)
    form = page.locator("form.act", has=page.locator("input[name=act][value=publish]"))
    form.locator("[name=at_0]").fill(tomorrow.strftime("%Y-%m-%d"))
    form.locator("[name=at_1]").fill(tomorrow.strftime("%H:%M"))
    form.locator("[type=submit]").click()
    page.get_by_text(re.compile("a draft that readers will see from")).wait_for()
    reader.goto("/en/topics/lagos/")
    assert reader.locator("h1").text_content() == "The Lagos plan"
    with time_machine.travel(timezone.now() + timezone.timedelta(days=1, minutes=1), tick=True):
        call_command("publish_due")
        call_command("publish_due")
    assert draft_of(note) is None
    reopen(reader, "/en/topics/lagos/")
    assert reader.locator("h1").text_content() == "The Lagos plan of action"
    reader.get_by_role("link", name="All editions").click()
    reader.get_by_role("link", name="What changed").first.click()
    assert reader.locator("ins").text_content().strip() == "of action"


def test_pasted_text_from_an_old_font_is_pointed_out_and_a_save_refused_with_its_reading(open_desk, note):
    page = open_desk()
    page.goto(address(note, "change"))
    field = page.locator("#id_summary_hi")
    field.evaluate(
        """field => {
            const data = new DataTransfer();
            data.setData('text/plain', 'कहा कि ॅज्व् को');
            field.dispatchEvent(new ClipboardEvent('paste', {clipboardData: data, bubbles: true}));
        }"""
    )
    page.locator(".legacy-note", has_text="“WTO” (certain)").wait_for()
    field.fill("कहा कि ॅज्व् को")
    page.locator("[name=_continue]").click()
    page.locator(".error-summary", has_text="“WTO” (certain)").wait_for()
    assert page.locator("#id_summary_hi").input_value() == "कहा कि ॅज्व् को"
    assert Topic.objects.get(pk=note.pk).summary_hi == note.summary_hi
