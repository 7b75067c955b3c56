"""An author, a translator and a reviewer in three windows bring a note to readers; two editors meet in one text."""

import re

import pytest

from apps.content.models import State
from apps.publishing.models import Edition
from apps.topics.models import Topic
from tests.browser.conftest import reopen
from tests.editorial.families import address
from tests.factories import TopicFactory

pytestmark = [pytest.mark.browser, pytest.mark.database, pytest.mark.django_db(transaction=True)]


def publishing(page, note):
    page.goto(address(note, "publishing"))
    return page


def test_a_note_goes_from_its_author_through_translation_and_review_to_readers(window_of, open_page, mailoutbox):
    author = window_of("meena", "Authors", scripts=False)
    reviewer = window_of("ravi", "Reviewers", scripts=False)
    translator = window_of("kavita", "Translators into Hindi", scripts=False)

    author.goto(address(Topic, "add"))
    author.locator("#id_title_en").fill("The Lagos plan")
    author.locator("#id_slug").fill("lagos-plan")
    author.locator("#id_position").fill("7")
    author.locator("#id_sections-0-anchor").fill("origins")
    author.locator("#id_sections-0-heading_en").fill("Origins")
    author.locator("#id_sections-0-body_en").fill("African states adopted it in 1980.")
    author.locator("[name=_publishing]").click()
    note = Topic.objects.get(slug="lagos-plan")
    assert author.get_by_role("button", name="Publish", exact=True).count() == 0
    author.get_by_label("What should the reviewers look at?").fill("Is the year right?")
    author.get_by_role("button", name="Ask for a review").click()
    author.get_by_text(re.compile("told by e-mail")).wait_for()
    assert "ravi@portal.example" in [address for mail in mailoutbox for address in mail.to]

    publishing(reviewer, note).get_by_text("Is the year right?").first.wait_for()
    reviewer.get_by_label("What should be changed?").fill("It has no Hindi yet.")
    reviewer.get_by_role("button", name="Return with comments").click()
    publishing(author, note).get_by_text("It has no Hindi yet.").wait_for()

    translator.goto(address(note, "translate", "hi"))
    translator.get_by_label(re.compile("^Title")).fill("लागोस योजना")
    translator.get_by_label(re.compile("^Heading")).fill("आरम्भ")
    translator.get_by_label(re.compile("^Text")).fill("अफ़्रीकी देशों ने इसे 1980 में अपनाया।")
    translator.locator(".submit-row [name=_save]").click()
    translator.get_by_text("3 of 3 texts are up to date").wait_for()

    author.get_by_role("button", name="Ask for a review").click()
    publishing(reviewer, note).get_by_role("button", name="Publish", exact=True).click()
    reviewer.get_by_text("Published. Readers see it now.").wait_for()
    reader = open_page(scripts=False)
    reader.goto("/hi/topics/lagos-plan/")
    reader.get_by_text("अफ़्रीकी देशों ने इसे 1980 में अपनाया।").wait_for()
    assert Edition.objects.about(note).get().number == 1


def test_a_translator_works_on_a_published_note_and_a_reviewer_publishes_only_the_hindi(window_of, open_page):
    note = TopicFactory(slug="lagos", title_en="The Lagos plan", title_hi="लागोस योजना", sections=1)
    editor, reviewer = window_of("asha", "Editors", scripts=False), window_of("ravi", "Reviewers", scripts=False)
    translator, reader = window_of("kavita", "Translators into Hindi", scripts=False), open_page(scripts=False)

    editor.goto(address(note, "change"))
    editor.locator("#id_title_en").fill("The Lagos plan of action")
    editor.locator("[name=_continue]").click()
    translator.goto(address(note, "translate", "hi"))
    assert "of action" in translator.locator("ins").first.text_content()
    translator.get_by_label(re.compile("^Title")).fill("लागोस कार्ययोजना")
    translator.locator(".submit-row [name=_save]").click()
    reader.goto("/hi/topics/lagos/")
    reader.get_by_role("heading", name="लागोस योजना").wait_for()

    publishing(reviewer, note).get_by_label("English").uncheck()
    reviewer.get_by_role("button", name="Publish", exact=True).click()
    reopen(reader, "/hi/topics/lagos/")
    reader.get_by_role("heading", name="लागोस कार्ययोजना").wait_for()
    reader.goto("/en/topics/lagos/")
    assert reader.locator("h1").text_content() == "The Lagos plan"


def test_two_editors_meet_in_one_text_and_the_second_chooses(window_of):
    note = TopicFactory(state=State.DRAFT, title_hi="लागोस योजना", summary_hi="पहला सार।")
    first, second = window_of("asha", "Editors", scripts=False), window_of("meena", "Editors", scripts=False, width=360)
    for page in (first, second):
        page.goto(address(note, "change"))
    second.get_by_text("asha").first.wait_for()  # who else has the form open
    first.locator("#id_summary_hi").fill("आशा का सार।")
    first.locator("#id_title_hi").fill("लागोस कार्ययोजना")
    first.locator("[name=_continue]").click()
    second.locator("#id_summary_hi").fill("मीना का सार।")
    second.locator("#id_author_hi").fill("मीना")
    second.locator("[name=_continue]").click()
    second.get_by_text("Nothing of yours is saved yet").wait_for()
    assert second.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    second.get_by_label("Theirs").check()
    second.get_by_role("button", name="Save what I chose").click()
    note.refresh_from_db()
    assert (note.summary_hi, note.title_hi, note.author_hi) == ("आशा का सार।", "लागोस कार्ययोजना", "मीना")
