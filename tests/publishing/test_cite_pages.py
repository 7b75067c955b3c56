"""The page that says how to cite a note or one of its editions, and its BibTeX file."""

import re

import pytest
from django.core.cache import cache

from tests.factories import TopicFactory

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def rim(**differing):
    return TopicFactory(slug="rim", title_en="The Indian Ocean rim", title_hi="हिन्द महासागर का तट", **differing)


def html_of(reader, path):
    response = reader.get(path)
    assert response.status_code == 200
    return response.content.decode()


RIM = {"en": "“The Indian Ocean Rim", "hi": "“हिन्द महासागर का तट"}


@pytest.mark.parametrize(("language", "other"), [("en", "hi"), ("hi", "en")])
def test_a_note_is_cited_in_every_style_in_the_reader_s_language_first(reader, language, other):
    rim()
    html = html_of(reader, f"/{language}/topics/rim/cite/")
    assert re.findall("<h3[^>]*>(.*?)</h3>", html) == ["APA", "MLA", "Chicago", "BibTeX"] * 2
    assert html.index(RIM[language]) < html.index(RIM[other])


def test_each_citation_leads_to_the_note_in_its_own_language(reader):
    rim()
    html = html_of(reader, "/en/topics/rim/cite/")
    assert "दक्षिण-दक्षिण सहयोग</i>, " in html
    for language in ("en", "hi"):
        assert f"https://portal.example/{language}/topics/rim/" in html


def test_a_language_without_a_title_is_not_cited_in(reader):
    TopicFactory(slug="rim", title_en="", title_hi="तट")
    html = html_of(reader, "/en/topics/rim/cite/")
    assert 'id="in-hi"' in html
    assert 'id="in-en"' not in html


def test_an_edition_is_cited_as_it_was_at_its_own_address(reader):
    note = rim()
    note.title_en = "Another title"
    note.save()
    html = html_of(reader, "/en/topics/rim/editions/1/cite/")
    assert "Another title" not in html
    assert "<i>South-South Cooperation</i>, Edition 1, " in html
    assert ", https://portal.example/en/topics/rim/editions/1/." in html
    assert 'href="/hi/topics/rim/editions/1/cite/cite.bib"' in html


def test_the_note_s_page_offers_its_present_edition(reader):
    note = rim()
    note.title_en = "Another title"
    note.save()
    html = html_of(reader, "/en/topics/rim/cite/")
    assert "Another Title" in html
    assert 'href="/en/topics/rim/editions/2/cite/"' in html


@pytest.mark.parametrize("number", [0, 4, 10**20])
def test_an_edition_that_there_is_not_is_not_found(reader, number):
    rim()
    assert reader.get(f"/en/topics/rim/editions/{number}/cite/").status_code == 404
    assert reader.get(f"/en/topics/rim/editions/{number}/cite/cite.bib").status_code == 404


def test_a_withdrawn_note_is_not_cited_any_more(reader):
    note = rim()
    note.state = "withdrawn"
    note.save()
    for page in ("cite/", "cite/cite.bib", "editions/1/cite/"):
        assert reader.get(f"/en/topics/rim/{page}").status_code == 410


@pytest.mark.parametrize("page", ["cite/", "cite/cite.bib"])
def test_a_note_that_is_not_public_is_not_cited(reader, page):
    rim(state="draft")
    assert reader.get(f"/en/topics/rim/{page}").status_code == 404


@pytest.mark.parametrize(("address", "name"), [("cite/cite.bib", "rim-hi"), ("editions/1/cite/cite.bib", "rim-1-hi")])
def test_the_file_is_one_entry_in_the_address_s_language(reader, address, name):
    rim()
    response = reader.get(f"/hi/topics/rim/{address}")
    assert response.headers["Content-Type"] == "application/x-bibtex; charset=utf-8"
    assert response.headers["Content-Disposition"] == f'attachment; filename="{name}.bib"'
    text = response.content.decode()
    assert text.startswith(f"@online{{{name},\n")
    assert "title = {{हिन्द महासागर का तट}}" in text


def test_a_title_can_write_neither_html_nor_tex(reader):
    TopicFactory(slug="rim", title_en='</pre><script>"&}\\input{x}')
    html = html_of(reader, "/en/topics/rim/cite/")
    assert "<script>" not in html
    entry = html[html.index("<pre") : html.index("</pre>")]
    assert r"\textbraceright{}\textbackslash{}input\textbraceleft{}x" in entry


@pytest.mark.parametrize("page", ["cite/", "editions/1/cite/"])
def test_the_page_takes_three_queries(reader, django_assert_max_num_queries, page):
    rim()
    reader.get("/en/topics/")
    cache.clear()
    with django_assert_max_num_queries(3):
        reader.get(f"/en/topics/rim/{page}")
