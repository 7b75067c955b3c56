"""The columns of every kind of record, derived from its declaration."""

import pytest

from apps.events.models import Event
from apps.languages.fields import columns, language_columns, translated_fields
from apps.sources.models import Citation
from apps.spreadsheets.declaration import columns_of
from apps.spreadsheets.resources import resource_for
from apps.topics.models import Section, Topic
from tests.spreadsheets.sheets import MODELS, label

every_kind = pytest.mark.parametrize("model", MODELS, ids=label)


def headers(model):
    return resource_for(model)().get_export_headers()


@every_kind
def test_each_language_has_its_columns_and_the_bare_name_has_none(model):
    assert set(language_columns(model)) <= set(headers(model))
    assert not set(translated_fields(model)) & set(headers(model))


@every_kind
def test_languages_stand_side_by_side(model):
    for name in translated_fields(model):
        first, second = (headers(model).index(each) for each in columns(name))
        assert second == first + 1


@every_kind
def test_what_is_derived_or_internal_has_no_column(model):
    assert not {"id", "updated_at", "search_text", "content_type", "object_id"} & set(headers(model))


@every_kind
def test_every_column_says_what_it_is_and_what_to_write(model):
    for column in columns_of(model).values():
        assert str(column.label)
        assert isinstance(str(column.help), str)


@pytest.mark.parametrize(
    ("model", "key"), [(Event, ["slug"]), (Section, ["topic", "anchor"]), (Citation, ["record", "position"])], ids=str
)
def test_the_key_comes_first(model, key):
    assert headers(model)[: len(key)] == key == list(resource_for(model)._meta.import_id_fields)


def test_columns_follow_the_model():
    assert headers(Topic) == [
        "slug", "state", "publish_at", "withdraw_at", "source_language",
        "title_en", "title_hi", "summary_en", "summary_hi",
        "key_points_en", "key_points_hi", "position", "author_en", "author_hi",
        "organisations", "events", "terms",
    ]  # fmt: skip
