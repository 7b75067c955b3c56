"""What a page shows is decided when it is asked for, not when the server starts."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from tests.factories import GlossaryTermFactory, OrganisationFactory, TopicFactory

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def test_the_glossary_is_in_the_order_of_the_readers_language(reader):
    GlossaryTermFactory(term_en="Alpha", term_hi="हवा")
    GlossaryTermFactory(term_en="Zebra", term_hi="अन्न")
    hindi, english = reader.get("/hi/glossary/").text, reader.get("/en/glossary/").text
    assert hindi.index("अन्न") < hindi.index("हवा")
    assert english.index("Alpha") < english.index("Zebra")


def test_facts_beside_a_note_are_in_the_order_of_the_readers_language(reader):
    first, second = (
        OrganisationFactory(name_en="Alpha", name_hi="हवा"),
        OrganisationFactory(name_en="Zebra", name_hi="अन्न"),
    )
    TopicFactory(slug="n", organisations=[first, second])
    hindi = reader.get("/hi/topics/n/").text
    assert hindi.index("अन्न") < hindi.index("हवा")


def test_a_scheduled_record_joins_the_facts_of_a_note_when_its_time_comes(reader):
    soon = timezone.now() + timedelta(days=1)
    TopicFactory(slug="n", organisations=[OrganisationFactory(name_en="Coming soon", publish_at=soon)])
    assert "Coming soon" not in reader.get("/en/topics/n/").text
    with time_machine.travel(soon + timedelta(minutes=1)):
        assert "Coming soon" in reader.get("/en/topics/n/").text
