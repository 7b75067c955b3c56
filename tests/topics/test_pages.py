"""The note's page: what a learner reads, in either language."""

import json
import re

import pytest
from django.core.cache import cache
from django.utils import timezone

from apps.topics.models import Topic
from tests.factories import (
    CitationFactory,
    EventFactory,
    GlossaryTermFactory,
    OrganisationFactory,
    SectionFactory,
    SourceFactory,
    TopicFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def html_of(reader, path):
    response = reader.get(path)
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize(("language", "title", "heading"), [("en", "UNCTAD", "Why"), ("hi", "अंकटाड", "क्यों")])
def test_a_note_stands_at_its_address_in_both_languages(reader, language, title, heading):
    note = TopicFactory(slug="unctad", title_en="UNCTAD", title_hi="अंकटाड")
    SectionFactory(topic=note, heading_en="Why", heading_hi="क्यों", anchor="why")
    html = html_of(reader, f"/{language}/topics/unctad/")
    assert f'<html lang="{language}">' in html
    assert f"<h1>{title}</h1>" in html
    assert '<section class="section" id="why">' in html
    assert heading in html


def test_the_same_place_in_the_other_language_is_one_link_away(reader):
    TopicFactory(slug="unctad")
    html = html_of(reader, "/en/topics/unctad/")
    assert '<a href="/hi/topics/unctad/" lang="hi" hreflang="hi">' in html
    assert '<link rel="alternate" hreflang="hi" href="https://portal.example/hi/topics/unctad/">' in html
    assert '<link rel="alternate" hreflang="x-default" href="https://portal.example/en/topics/unctad/">' in html
    assert '<link rel="canonical" href="https://portal.example/en/topics/unctad/">' in html


def test_an_untranslated_section_says_so_and_stands_in_its_own_language(reader):
    SectionFactory(topic=TopicFactory(slug="n"), body_en="Only in English.", body_hi="")
    html = html_of(reader, "/hi/topics/n/")
    assert '<div class="prose" lang="en"><p>Only in English.</p>' in html
    assert html.count('<p class="mark">') == 1


def test_a_translated_section_says_nothing_of_the_kind(reader):
    TopicFactory(slug="n", sections=2)
    assert '<p class="mark">' not in html_of(reader, "/hi/topics/n/")


def test_facts_beside_the_text_lead_to_their_pages(reader):
    TopicFactory(
        slug="n",
        organisations=[OrganisationFactory(slug="unctad")],
        events=[EventFactory(slug="bandung")],
        terms=[GlossaryTermFactory(slug="gatt")],
    )
    html = html_of(reader, "/hi/topics/n/")
    for path in ["/hi/organisations/unctad/", "/hi/events/bandung/", "/hi/glossary/#gatt"]:
        assert f'href="{path}"' in html


def test_what_is_not_public_is_not_among_the_facts(reader):
    TopicFactory(slug="n", organisations=[OrganisationFactory(slug="secret", state="draft")])
    assert "secret" not in html_of(reader, "/en/topics/n/")


def test_a_disagreement_on_an_event_is_marked_beside_it(reader):
    event = EventFactory()
    for year in ("1981", "1982"):
        CitationFactory(record=event, fact="date", value_en=year, value_hi=year)
    TopicFactory(slug="n", events=[event])
    assert "sources differ" in html_of(reader, "/en/topics/n/")


def test_a_disagreement_on_the_note_opens_to_who_says_what(reader):
    note = TopicFactory(slug="n")
    SectionFactory(topic=note, anchor="birth")
    for value in ("Bandung, 1955", "UNCTAD, 1968"):
        CitationFactory(record=note, fact="origin", section="birth", value_en=value, value_hi=value)
    html = html_of(reader, "/en/topics/n/")
    section = html[html.index('id="birth"') :]
    assert section.index("Bandung, 1955") < section.index("UNCTAD, 1968") < section.index("</section>")


def test_two_sources_that_agree_are_no_disagreement(reader):
    note = TopicFactory(slug="n")
    for _ in range(2):
        CitationFactory(record=note, fact="origin", value_en="Bandung", value_hi="बांडुंग")
    assert "sources differ" not in html_of(reader, "/en/topics/n/")


def test_sources_are_listed_once_each_with_what_they_are_cited_for(reader):
    note, source = TopicFactory(slug="n"), SourceFactory(title_en="A report", website="https://example.org/")
    CitationFactory(record=note, source=source, note_en="Page 12.")
    CitationFactory(record=note, source=source, fact="origin", value_en="x")
    html = html_of(reader, "/en/topics/n/")
    assert html.count("A report</a></cite>") == 1
    assert "Page 12." in html


def test_notes_before_and_after_skip_what_is_not_public(reader):
    TopicFactory(slug="first", title_en="First", position=1)
    TopicFactory(slug="hidden", position=2, state="draft")
    TopicFactory(slug="n", position=3)
    TopicFactory(slug="last", title_hi="अंतिम", position=5)
    html = html_of(reader, "/hi/topics/n/")
    assert '<a class="previous" rel="prev" href="/hi/topics/first/">' in html
    assert '<a class="next" rel="next" href="/hi/topics/last/">' in html
    assert "अंतिम" in html


def test_linked_data_names_a_learning_resource_and_survives_hostile_titles(reader):
    TopicFactory(slug="n", title_en="</script><script>alert(1)</script>")
    html = html_of(reader, "/en/topics/n/")
    (data,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html)
    assert json.loads(data)["@type"] == "LearningResource"
    assert json.loads(data)["name"] == "</script><script>alert(1)</script>"
    assert json.loads(data)["inLanguage"] == ["en", "hi"]


@pytest.mark.parametrize("state", ["draft", "in_review", "withdrawn"])
def test_a_note_that_is_not_published_is_not_found(reader, state):
    TopicFactory(slug="n", state=state)
    assert reader.get("/en/topics/n/").status_code == 404


def test_a_scheduled_note_is_not_found_before_its_time(reader):
    TopicFactory(slug="n", publish_at=timezone.now() + timezone.timedelta(minutes=5))
    assert reader.get("/hi/topics/n/").status_code == 404


@pytest.mark.parametrize("path", ["/en/topics/nothing/", "/fr/topics/n/", "/hi/nothing/", "/en/topics/UNKNOWN-दक्षिण/"])
def test_an_unknown_slug_or_language_is_not_found(reader, path):
    TopicFactory(slug="n")
    assert reader.get(path).status_code == 404


def test_a_reader_gets_no_cookie_and_everybody_the_same_page(reader, client):
    TopicFactory(slug="n", sections=2)
    one, other = reader.get("/en/topics/n/"), client.get("/en/topics/n/")
    assert not one.cookies
    assert one.content == other.content
    assert "Cookie" not in one.headers.get("Vary", "")


def test_a_returning_reader_downloads_nothing_again(reader):
    TopicFactory(slug="n")
    tag = reader.get("/en/topics/n/").headers["ETag"]
    assert reader.get("/en/topics/n/", HTTP_IF_NONE_MATCH=tag).status_code == 304


@pytest.mark.parametrize("size", [1, 12])
def test_a_note_takes_eight_queries_whatever_its_length(reader, django_assert_max_num_queries, size):
    def make():
        note = TopicFactory(sections=size)
        note.organisations.set([OrganisationFactory() for _ in range(size)])
        note.events.set([EventFactory() for _ in range(size)])
        note.terms.set([GlossaryTermFactory() for _ in range(size)])
        for _ in range(size):
            CitationFactory(record=note)
        return note

    make(), make()
    note = make()
    reader.get(note.get_absolute_url())
    cache.clear()
    with django_assert_max_num_queries(8):
        assert reader.get(f"/hi/topics/{note.slug}/").status_code == 200


def test_markdown_is_rendered_once_and_not_for_every_reader(reader, monkeypatch):
    TopicFactory(slug="n", sections=3)
    reader.get("/en/topics/n/")
    monkeypatch.setattr("apps.content.text._markdown_to_html", None)
    assert reader.get("/en/topics/n/").status_code == 200


def test_the_course_lists_its_notes_in_order(reader, django_assert_max_num_queries):
    for position in (3, 1, 2):
        TopicFactory(position=position, title_hi=f"पाठ {position}")
    with django_assert_max_num_queries(6):
        html = html_of(reader, "/hi/topics/")
    assert html.index("पाठ 1") < html.index("पाठ 2") < html.index("पाठ 3")


def test_a_new_name_becomes_a_link_in_notes_rendered_before(reader):
    SectionFactory(topic=TopicFactory(slug="n"), body_en="The Group of 15 met.")
    assert "organisations/g-15" not in html_of(reader, "/en/topics/n/")
    OrganisationFactory(slug="g-15", name_en="Group of 15")
    assert "/en/organisations/g-15/" in html_of(reader, "/en/topics/n/")


def test_neighbours_of_a_lone_note_are_none():
    note = TopicFactory()
    found = Topic.objects.with_neighbours().get(pk=note.pk)
    assert (found.previous_note, found.next_note) == (None, None)
