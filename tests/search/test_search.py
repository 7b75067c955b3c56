"""One box over everything public, in both languages, and no query is an error."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.factories import EventFactory, GlossaryTermFactory, OrganisationFactory, SectionFactory, TopicFactory

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def test_every_kind_of_public_record_is_found(reader):
    TopicFactory(title_en="Dakar note")
    OrganisationFactory(name_en="Dakar forum")
    EventFactory(title_en="Dakar summit")
    GlossaryTermFactory(term_en="Dakar process")
    html = reader.get("/en/search/?q=dakar").text
    for title in ["Dakar note", "Dakar forum", "Dakar summit", "Dakar process"]:
        assert title in html


def test_hindi_is_found_from_an_english_page_and_labelled(reader):
    TopicFactory(title_hi="दक्षिण आयोग", title_en="The South Commission")
    html = reader.get("/en/search/?q=दक्षिण").text
    assert "The South Commission</a>" in html
    assert '<span class="tag">found in Hindi</span>' in html
    assert '<p lang="hi"><mark>दक्षिण</mark> आयोग</p>' in html


@pytest.mark.parametrize("typed", ["हिंदी सम्बन्ध", "हिन्दी संबंध", "हिन्दी  सम्बन्ध "])
def test_any_spelling_of_a_hindi_word_finds_it(reader, typed):
    TopicFactory(summary_hi="हिन्दी और संबंध", title_hi="मिलने वाला पाठ")
    assert "मिलने वाला पाठ" in reader.get("/hi/search/", {"q": typed}).text


def test_words_in_a_section_lead_to_the_section(reader):
    note = TopicFactory(slug="n")
    SectionFactory(topic=note, anchor="medicine", body_en="A gene bank for **medicinal** plants.")
    html = reader.get("/en/search/?q=medicinal").text
    assert 'href="/en/topics/n/#medicine"' in html
    assert "<mark>medicinal</mark> plants" in html


def test_drafts_are_not_found(reader):
    TopicFactory(title_en="Hidden Dakar", state="draft")
    assert "Hidden" not in reader.get("/en/search/?q=dakar").text


def test_all_words_must_be_there(reader):
    TopicFactory(title_en="Dakar alone")
    assert "Dakar alone" not in reader.get("/en/search/?q=dakar+kampala").text


def test_a_matching_name_comes_before_a_mention(reader):
    TopicFactory(title_en="Somewhere else", summary_en="It mentions Dakar.")
    OrganisationFactory(name_en="Dakar forum")
    html = reader.get("/en/search/?q=dakar").text
    assert html.index("Dakar forum") < html.index("Somewhere else")


@pytest.mark.parametrize("typed", ["G-77", "G77", "g 77", "जी-77", "समूह-77"])
def test_any_name_of_an_organisation_finds_all_that_speaks_of_it_the_organisation_first(reader, typed):
    TopicFactory(title_en="The Group of 77 and others")
    EventFactory(title_hi="समूह-77 की बैठक", title_en="A meeting")
    OrganisationFactory(
        name_en="Group of 77", acronym_en="G-77", name_hi="समूह-77", acronym_hi="जी-77", description_en="What it is."
    )
    html = reader.get("/en/search/", {"q": typed}).text
    assert html.index(">Group of 77</a>") < html.index(">The Group of 77 and others</a>") < html.index(">A meeting</a>")


def test_an_acronym_is_not_the_beginning_of_a_word(reader):
    TopicFactory(title_en="A name is given", summary_en="Named and renamed.")
    OrganisationFactory(name_en="Non-Aligned Movement", acronym_en="NAM")
    html = reader.get("/en/search/?q=nam").text
    assert "Non-Aligned Movement" in html
    assert "A name is given" not in html


def test_a_word_finds_its_inflected_forms(reader):
    TopicFactory(title_hi="विकासशील देशों का सम्मेलन")
    assert "विकासशील देशों का सम्मेलन" in reader.get("/hi/search/?q=देश+सम्मेलन").text


@pytest.mark.parametrize("typed", ["अंतर्राष्ट्रीय", "अन्तर्राष्ट्रीय", "अन्तरराष्ट्रीय"])
def test_the_school_spelling_of_international_is_found_too(reader, typed):
    TopicFactory(title_hi="अंतरराष्ट्रीय व्यवस्था")
    assert "अंतरराष्ट्रीय व्यवस्था" in reader.get("/hi/search/", {"q": typed}).text


def test_no_result_says_what_to_do(reader):
    html = reader.get("/en/search/?q=zzzz").text
    assert "Nothing was found for “zzzz”." in html
    assert "/en/topics/" in html


def test_the_query_comes_back_escaped(reader):
    html = reader.get("/en/search/", {"q": '"><script>alert(1)</script>'}).text
    assert "<script>alert" not in html


def test_results_take_six_queries_whatever_their_number(reader, django_assert_max_num_queries):
    for _ in range(10):
        TopicFactory(title_en="Dakar", sections=3)
        OrganisationFactory(name_en="Dakar")
        EventFactory(title_en="Dakar")
        GlossaryTermFactory(term_en="Dakar")
    reader.get("/en/search/")  # the names, which a thread reads at most once a second
    with django_assert_max_num_queries(6):
        reader.get("/en/search/?q=dakar")


@pytest.mark.parametrize("page", ["abc", "0", "99", "9" * 30])
def test_a_page_that_is_not_there_is_not_found(reader, page):
    assert reader.get("/en/search/", {"q": "x", "page": page}).status_code == 404


@given(query=st.text(max_size=300))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_query_is_an_error(reader, query):
    response = reader.get("/hi/search/", {"q": query.encode("utf-8", "replace").decode()})
    assert response.status_code == (400 if "\x00" in query else 200)


@pytest.mark.parametrize("query", ["%", "_", "\\", "'", '"', "*", "(", "़", "ि", "OR AND NOT", "द" * 5000, "1" * 30])
def test_signs_that_mean_something_to_databases_mean_nothing_here(reader, query):
    TopicFactory()
    assert reader.get("/en/search/", {"q": query}).status_code == 200
