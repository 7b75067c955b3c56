"""The glossary: every term on one page, at its anchor, in both languages."""

import pytest

from tests.factories import GlossaryTermFactory, TopicFactory

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def test_a_term_stands_at_its_anchor_with_its_other_language_beside_it(reader):
    GlossaryTermFactory(
        slug="gatt", term_en="General Agreement", term_hi="सामान्य समझौता", definition_hi="व्यापार का समझौता।"
    )
    html = reader.get("/hi/glossary/").text
    assert 'id="gatt"' in html
    assert "व्यापार का समझौता।" in html
    assert '<span class="quiet" lang="en">· General Agreement</span>' in html


def test_a_term_names_the_public_notes_that_introduce_it(reader):
    term = GlossaryTermFactory()
    TopicFactory(title_en="Public note", terms=[term])
    TopicFactory(title_en="Hidden note", terms=[term], state="draft")
    html = reader.get("/en/glossary/").text
    assert "Public note" in html
    assert "Hidden note" not in html


def test_the_list_takes_six_queries_whatever_its_length(reader, django_assert_max_num_queries):
    for _ in range(30):
        TopicFactory(terms=[GlossaryTermFactory()])
    with django_assert_max_num_queries(6):
        reader.get("/hi/glossary/")


def test_an_empty_glossary_says_so(reader):
    assert "No term is published yet." in reader.get("/en/glossary/").text
