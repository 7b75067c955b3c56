"""Events: the list with its filters, and the page of each."""

import json
import re

import pytest
from django.core.exceptions import ValidationError

from tests.factories import CitationFactory, CountryFactory, EventFactory, OrganisationFactory, TopicFactory

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def test_the_list_runs_from_the_earliest(reader):
    EventFactory(slug="later", start="1987-10-02")
    EventFactory(slug="earlier", start="1955")
    html = reader.get("/en/events/").text
    assert html.index("/en/events/earlier/") < html.index("/en/events/later/")


def test_decade_and_organisation_narrow_the_list(reader):
    nam = OrganisationFactory(slug="nam", acronym_en="NAM")
    EventFactory(slug="belgrade", start="1961", organisations=[nam])
    EventFactory(slug="harare", start="1986", organisations=[nam])
    EventFactory(slug="bandung", start="1955")
    html = reader.get("/en/events/?organisation=nam&decade=1960").text
    assert "/en/events/belgrade/" in html
    assert "/en/events/harare/" not in html
    assert "/en/events/bandung/" not in html


@pytest.mark.parametrize("query", ["organisation=nobody", "decade=abc", "page=abc", "page=0", "page=-1"])
def test_a_value_that_no_filter_has_is_not_found(reader, query):
    EventFactory()
    assert reader.get(f"/hi/events/?{query}").status_code == 404


def test_the_list_takes_six_queries_whatever_its_length(reader, django_assert_max_num_queries):
    for _ in range(25):
        CitationFactory(record=EventFactory(organisations=[OrganisationFactory(), OrganisationFactory()]))
    with django_assert_max_num_queries(6):
        reader.get("/hi/events/")


def test_pages_keep_the_filter(reader):
    for _ in range(61):
        EventFactory(start="1987")
    html = reader.get("/en/events/?decade=1980").text
    assert 'href="?decade=1980&amp;page=2"' in html
    assert reader.get("/en/events/?decade=1980&page=2").status_code == 200


def test_the_page_shows_when_where_who_and_the_notes(reader):
    event = EventFactory(
        slug="lusaka",
        start="1970",
        place_hi="लुसाका",
        country=CountryFactory(name_hi="ज़ाम्बिया"),
        organisations=[OrganisationFactory(name_hi="गुटनिरपेक्ष आन्दोलन")],
    )
    TopicFactory(title_hi="पड़ाव", events=[event])
    html = reader.get("/hi/events/lusaka/").text
    for text in ["1970", "लुसाका", "ज़ाम्बिया", "गुटनिरपेक्ष आन्दोलन", "पड़ाव"]:
        assert text in html


def test_linked_data_names_an_event_with_its_partial_date(reader):
    EventFactory(slug="e", start="1982-10")
    (data,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', reader.get("/en/events/e/").text)
    assert json.loads(data)["@type"] == "Event"
    assert json.loads(data)["startDate"] == "1982-10"


@pytest.mark.parametrize(("start", "end"), [("1987-10-02", "1987-10-01"), ("1988", "1987-12"), ("", "1987"), ("", "")])
def test_an_end_before_the_start_is_refused(start, end):
    with pytest.raises(ValidationError):
        EventFactory.build(start=start, end=end).full_clean()


@pytest.mark.parametrize(("start", "end"), [("1987", "1987-10-05"), ("1987-10", "1987-10-05"), ("1987-10-02", "")])
def test_an_end_that_may_lie_after_the_start_is_taken(start, end):
    EventFactory.build(start=start, end=end).full_clean()
