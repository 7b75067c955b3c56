"""All citations of the portal in one list."""

import pytest
from django.urls import reverse

from apps.sources.models import Citation
from tests.factories import CitationFactory, EventFactory, OrganisationFactory

pytestmark = [pytest.mark.django_db, pytest.mark.database]

LIST = reverse("admin:sources_citation_changelist")


def test_the_list_says_what_each_source_states_and_leads_to_the_record(editor):
    event = EventFactory(title_en="New Delhi conference")
    CitationFactory(record=event, fact="date", value_en="February 1982", value_hi="फ़रवरी 1982")
    html = editor.get(LIST).text
    assert "February 1982" in html
    assert reverse("admin:events_event_change", args=[event.pk]) in html
    assert "New Delhi conference" in html


def test_no_row_opens_a_form_with_bare_keys(editor):
    citation = CitationFactory(record=EventFactory())
    own_form = reverse("admin:sources_citation_change", args=[citation.pk])
    assert own_form not in editor.get(LIST).text
    assert editor.get(own_form).status_code == 403


def test_a_hundred_citations_take_ten_queries(editor, django_assert_max_num_queries):
    for _ in range(50):
        CitationFactory(record=EventFactory())
        CitationFactory(record=OrganisationFactory())
    editor.get(LIST)
    with django_assert_max_num_queries(10):
        editor.get(LIST)


def test_its_sheet_names_records_in_words(editor):
    CitationFactory(record=EventFactory(slug="bandung"))
    answer = editor.post(reverse("admin:sources_citation_export"), {"format": "0", "resource": ""}, follow=True)
    assert answer.status_code == 200
    assert Citation.objects.count() == 1
