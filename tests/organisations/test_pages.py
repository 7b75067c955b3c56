"""Organisations: the list with its filters, and the page of each."""

import json
import re

import pytest

from tests.factories import (
    CitationFactory,
    CountryFactory,
    EventFactory,
    OrganisationFactory,
    SourceFactory,
    TopicFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def test_the_list_is_in_the_readers_alphabet(reader):
    OrganisationFactory(name_en="Zebra", name_hi="अ संघ")
    OrganisationFactory(name_en="Aardvark", name_hi="ह संघ")
    hindi, english = reader.get("/hi/organisations/").text, reader.get("/en/organisations/").text
    assert hindi.index("अ संघ") < hindi.index("ह संघ")
    assert english.index("Aardvark") < english.index("Zebra")


def test_filters_are_links_and_narrow_together(reader):
    OrganisationFactory(slug="a", kind="un_body", founded="1964-12-30")
    OrganisationFactory(slug="b", kind="un_body", founded="1974")
    OrganisationFactory(slug="c", kind="commission", founded="1964")
    html = reader.get("/en/organisations/?kind=un_body&decade=1960").text
    assert "/en/organisations/a/" in html
    assert "/en/organisations/b/" not in html
    assert "/en/organisations/c/" not in html
    assert 'href="/en/organisations/?kind=un_body&amp;decade=1970"' in html


def test_no_match_says_what_to_do_next(reader):
    OrganisationFactory(kind="un_body", founded="1964")
    OrganisationFactory(kind="commission", founded="1987")
    html = reader.get("/en/organisations/?kind=un_body&decade=1980").text
    assert "Show all organisations" in html


@pytest.mark.parametrize(
    "query", ["kind=nonsense", "decade=19", "decade=" + "9" * 30, "page=abc", "page=999", "page=" + "9" * 30]
)
def test_a_value_that_no_filter_has_is_not_found(reader, query):
    OrganisationFactory()
    assert reader.get(f"/en/organisations/?{query}").status_code == 404


def test_an_unknown_parameter_is_ignored(reader):
    OrganisationFactory()
    assert reader.get("/en/organisations/?utm_source=x").status_code == 200


def test_the_list_takes_six_queries_whatever_its_length(reader, django_assert_max_num_queries):
    for _ in range(20):
        CitationFactory(record=OrganisationFactory())
    with django_assert_max_num_queries(6):
        reader.get("/hi/organisations/")


def test_the_page_shows_facts_members_events_and_notes(reader):
    saarc = OrganisationFactory(
        slug="saarc", acronym_en="SAARC", members=[CountryFactory(name_hi="नेपाल"), CountryFactory(name_hi="भारत")]
    )
    EventFactory(title_hi="काठमाण्डू शिखर सम्मेलन", organisations=[saarc])
    TopicFactory(title_hi="क्षेत्रीय संगठन", organisations=[saarc])
    html = reader.get("/hi/organisations/saarc/").text
    for text in ["नेपाल", "भारत", "काठमाण्डू शिखर सम्मेलन", "क्षेत्रीय संगठन"]:
        assert text in html


def test_a_disputed_founding_stands_marked_beside_the_date(reader):
    ior = OrganisationFactory(slug="ior-arc", founded="1997-03")
    source = SourceFactory(title_en="The Hindi source note")
    CitationFactory(record=ior, source=source, fact="founded", value_en="March 1987", value_hi="मार्च 1987")
    CitationFactory(record=ior, source=source, fact="founded", value_en="1997", value_hi="1997")
    html = reader.get("/en/organisations/ior-arc/").text
    mark = html[html.index("March 1997</time>") :]
    assert mark.index("sources differ") < mark.index("March 1987")


def test_a_fact_with_no_settled_value_still_shows_that_sources_differ(reader):
    event = EventFactory(slug="sixth", place_en="", place_hi="")
    for place in ("Paris", "Belgrade"):
        CitationFactory(record=event, fact="place", value_en=place, value_hi=place)
    html = reader.get("/en/events/sixth/").text
    assert "Paris" in html
    assert "Belgrade" in html


def test_parent_and_parts_link_both_ways_if_public(reader):
    parent = OrganisationFactory(slug="g77")
    OrganisationFactory(slug="g24", parent=parent)
    OrganisationFactory(slug="secret-part", parent=parent, state="draft")
    assert 'href="/en/organisations/g24/"' in reader.get("/en/organisations/g77/").text
    assert "secret-part" not in reader.get("/en/organisations/g77/").text
    assert 'href="/en/organisations/g77/"' in reader.get("/en/organisations/g24/").text


def test_an_unpublished_parent_is_not_shown(reader):
    OrganisationFactory(slug="g24", parent=OrganisationFactory(name_en="Hidden parent", state="draft"))
    assert "Hidden parent" not in reader.get("/en/organisations/g24/").text


def test_linked_data_names_an_organisation(reader):
    OrganisationFactory(slug="undp", founded="1965", website="https://www.undp.org/")
    html = reader.get("/en/organisations/undp/").text
    (data,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html)
    assert json.loads(data)["@type"] == "Organization"
    assert json.loads(data)["foundingDate"] == "1965"


def test_an_organisation_is_not_linked_to_itself(reader):
    OrganisationFactory(slug="undp", name_en="Development Programme", description_en="The Development Programme helps.")
    html = reader.get("/en/organisations/undp/").text
    assert "<p>The Development Programme helps.</p>" in html
