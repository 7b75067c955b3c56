"""A learner with a phone, mostly without scripts."""

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_from_the_start_page_to_a_section_in_the_other_language_without_scripts(portal, open_page):
    page = open_page(width=360, scripts=False)
    page.goto("/en/")
    page.get_by_role("link", name="The Indian Ocean rim").click()
    page.locator(".contents summary").click()
    page.locator(".contents a[href='#more-4']").click()
    assert page.url.endswith("/en/topics/rim/#more-4")
    page.locator("#more-4").get_by_role("link", name="हिन्दी").click()
    assert page.url.endswith("/hi/topics/rim/#more-4")
    assert page.locator("#more-4 h2").bounding_box()["y"] < 740


def test_facts_fold_on_a_phone_and_stand_open_on_a_desk(portal, open_page):
    phone, desk = open_page(width=360), open_page(width=1440)
    for page in (phone, desk):
        page.goto("/en/topics/rim/")
    link = ".facts a[href='/en/events/founding/']"
    assert not phone.locator(link).is_visible()
    phone.locator(".facts summary", has_text="Dates").click()
    assert phone.locator(link).is_visible()
    assert desk.locator(link).is_visible()


def test_a_disagreement_opens_to_who_says_what_without_scripts(portal, open_page):
    page = open_page(width=360, scripts=False)
    page.goto("/en/organisations/ior-arc/")
    claim = page.locator(".dispute dt", has_text="1987")
    assert not claim.is_visible()
    page.locator(".dispute summary").first.click()
    assert claim.is_visible()


def test_the_keyboard_reaches_the_text_first(portal, open_page):
    page = open_page()
    page.goto("/en/topics/rim/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the text"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "reading"


def test_print_leaves_out_the_navigation(portal, open_page):
    page = open_page()
    page.goto("/en/topics/rim/")
    page.emulate_media(media="print")
    assert not page.locator(".site-nav").is_visible()
    assert not page.locator(".contents").is_visible()
    assert page.locator("#members").is_visible()


def test_search_from_the_header_finds_hindi_from_an_english_page(portal, open_page):
    page = open_page(width=360, scripts=False)
    page.goto("/en/topics/")
    page.get_by_role("link", name="Search").click()
    page.get_by_role("searchbox").fill("हिंद महासागर")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("link", name="The Indian Ocean rim").click()
    assert "/topics/rim/" in page.url


def test_devanagari_has_room_for_its_marks_and_no_spacing_or_slant(portal, open_page):
    page = open_page(width=360)
    page.goto("/hi/topics/rim/")
    style = page.evaluate("""() => {
        const style = getComputedStyle(document.querySelector("#members .prose p"))
        return [parseFloat(style.lineHeight) / parseFloat(style.fontSize), style.letterSpacing, style.fontStyle]
    }""")
    assert style[0] == pytest.approx(1.8, abs=0.02)
    assert style[1:] == ["normal", "normal"]


def test_filters_work_as_plain_links(portal, open_page):
    page = open_page(scripts=False)
    page.goto("/en/organisations/")
    page.get_by_role("link", name="1990s").click()
    assert page.url.endswith("?decade=1990")
    assert page.get_by_role("link", name="Indian Ocean Rim Association").is_visible()
