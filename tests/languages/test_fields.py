"""What is bilingual is asked in one place."""

import pytest
from django.utils.translation import override

from apps.content.models import record_models
from apps.languages.fields import language_columns, own_name, reading, translated_fields
from apps.topics.models import Topic
from tests.factories import TopicFactory

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def test_fields_come_in_the_order_the_model_declares_them():
    assert translated_fields(Topic) == ["title", "summary", "key_points", "author"]
    assert language_columns(Topic)[:3] == ["title_en", "title_hi", "summary_en"]


@pytest.mark.parametrize("model", record_models(), ids=lambda model: model._meta.label)
def test_every_language_column_of_every_model_exists(model):
    names = {field.name for field in model._meta.fields}
    assert translated_fields(model)
    assert names.issuperset(language_columns(model))


def test_a_missing_text_is_borrowed_and_said_to_be():
    topic = TopicFactory(title_en="Only English", title_hi="")
    with override("hi"):
        found = reading(topic, "title")
    assert (found.text, found.language, found.borrowed) == ("Only English", "en", True)


def test_each_language_names_itself():
    assert own_name("en") == "English"
