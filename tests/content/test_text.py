"""Markdown as readers get it."""

import pytest

from apps.content.text import render
from tests.factories import EventFactory, OrganisationFactory

pytestmark = pytest.mark.django_db


def test_the_first_mention_of_an_organisation_links_to_its_page():
    OrganisationFactory(slug="group-of-77", name_en="Group of 77")
    html = render("The Group of 77 met. The Group of 77 agreed.", language="en")
    assert html.count('<a href="/en/organisations/group-of-77/"') == 1


def test_a_hindi_name_links_with_a_postposition_behind_it():
    OrganisationFactory(slug="group-of-77", name_hi="समूह-77")
    assert '<a href="/hi/organisations/group-of-77/" rel="noopener">समूह-77</a> की बैठक' in render(
        "समूह-77 की बैठक", language="hi"
    )


def test_a_name_inside_a_longer_hindi_word_is_not_cut_out_of_it():
    OrganisationFactory(slug="saarc", name_hi="सार")
    assert "<a" not in render("सारा देश, सार्क", language="hi")


def test_a_reference_links_to_the_page_in_the_language_of_the_text():
    EventFactory(slug="bandung-conference")
    assert 'href="/hi/events/bandung-conference/"' in render("[बांडुंग](event:bandung-conference)", language="hi")


def test_a_reference_to_a_draft_is_plain_text():
    EventFactory(slug="secret-meeting", state="draft")
    assert render("[the meeting](event:secret-meeting)", language="en") == "<p>the meeting</p>\n"


@pytest.mark.parametrize(
    "attack",
    ["<script>alert(1)</script>", "[x](javascript:alert(1))", "<img src=x onerror=alert(1)>", "[x](data:text/html,x)"],
)
def test_nothing_that_runs_survives(attack):
    html = render(attack, language="en")
    assert "<script" not in html
    assert "<img" not in html
    assert "href=" not in html


def test_footnotes_of_two_texts_on_one_page_have_ids_of_their_own():
    one, two = (render("a[^1]\n\n[^1]: note", language="en", anchor=anchor) for anchor in ("one", "two"))
    assert 'id="fnref-one-1"' in one
    assert 'id="fnref-two-1"' in two


def test_a_table_scrolls_by_itself_and_aligns_by_class():
    html = render("| a | b |\n|---|--:|\n| 1 | 2 |", language="en")
    assert '<div class="scroll" role="region" tabindex="0" aria-label="Table">' in html
    assert '<td class="align-right">2</td>' in html
