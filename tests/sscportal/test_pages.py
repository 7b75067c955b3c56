"""The front door: the start page, the languages, the sitemap, the pages of errors."""

import re

import pytest
from django.test import Client

from tests.factories import EventFactory, GlossaryTermFactory, OrganisationFactory, TopicFactory

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.mark.parametrize(
    ("asked", "given"),
    [("hi-IN,hi;q=0.9,en;q=0.5", "/hi/"), ("en-GB", "/en/"), ("fr", "/en/"), ("", "/en/"), ("\xff;;q=x", "/en/")],
)
def test_the_start_leads_to_the_language_the_browser_asks_for(reader, asked, given):
    response = reader.get("/", HTTP_ACCEPT_LANGUAGE=asked)
    assert response.url == given
    assert "Accept-Language" in response.headers["Vary"]
    assert not response.cookies


def test_the_start_page_shows_the_course_and_how_much_there_is(reader, django_assert_max_num_queries):
    TopicFactory(title_hi="परिचय")
    OrganisationFactory(), EventFactory(), GlossaryTermFactory()
    with django_assert_max_num_queries(6):
        html = reader.get("/hi/").text
    assert "परिचय" in html


@pytest.mark.parametrize(
    "path", ["/en/about/", "/hi/about/", "/en/", "/hi/topics/", "/hi/events/", "/en/glossary/", "/hi/search/"]
)
def test_the_other_pages_open_on_an_empty_portal_without_a_cookie(reader, path):
    response = reader.get(path)
    assert response.status_code == 200
    assert not response.cookies


@pytest.mark.parametrize(("path", "language"), [("/hi/nothing/", "hi"), ("/en/nothing/", "en"), ("/nothing/", "en")])
def test_a_page_that_is_not_there_answers_in_the_language_of_its_address(reader, path, language):
    response = reader.get(path)
    assert response.status_code == 404
    assert f'<html lang="{language}">' in response.text
    assert f'href="/{language}/topics/"' in response.text


def test_a_language_link_keeps_the_query(reader):
    EventFactory(start="1987")
    assert 'href="/hi/events/?decade=1980"' in reader.get("/en/events/?decade=1980").text


def test_the_sitemap_lists_every_public_page_in_both_languages(reader):
    TopicFactory(slug="public")
    TopicFactory(slug="secret", state="draft")
    body = reader.get("/sitemap.xml").text
    addresses = re.findall("<loc>(.*?)</loc>", body)
    assert {"https://portal.example/en/topics/public/", "https://portal.example/hi/topics/public/"} <= set(addresses)
    assert "secret" not in body
    for address in addresses:
        assert reader.get(address.removeprefix("https://portal.example")).status_code == 200
    assert 'hreflang="x-default" href="https://portal.example/en/topics/public/"' in body


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_a_page_that_takes_no_forms_says_so_in_the_portals_own_words(reader, method):
    TopicFactory(slug="n")
    strict = Client(enforce_csrf_checks=True)
    response = getattr(strict, method)("/hi/topics/n/")
    assert response.status_code == 403
    assert '<html lang="hi">' in response.text
    assert "DEBUG" not in response.text
    assert "cookie" not in response.text.lower()


def test_more_than_the_portal_takes_at_once_is_said_to_be_too_long(reader):
    TopicFactory(slug="n")
    response = reader.post("/en/topics/n/comments/new/", {f"field-{number}": "x" for number in range(1100)})
    assert response.status_code == 413
    assert "too long" in response.text
