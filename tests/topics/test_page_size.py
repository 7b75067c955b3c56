"""A learner on a slow phone: what the shipped notes weigh."""

import pytest
from django.core.management import call_command
from django.utils.translation import override

from apps.languages.fields import language_codes
from apps.topics.models import Topic
from tests.pages import transferred_bytes

LIMIT = 30_000


@pytest.mark.django_db
def test_page_and_stylesheet_of_every_note_fit_into_30_kb_compressed(reader):
    call_command("load_fixtures", verbosity=0)
    sizes = {}
    for note in Topic.objects.published():
        for language in language_codes():
            with override(language):
                sizes[language, note.slug] = transferred_bytes(reader, note.get_absolute_url())
    assert sizes
    assert {note: size for note, size in sizes.items() if size > LIMIT} == {}
