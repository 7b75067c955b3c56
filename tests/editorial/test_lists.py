"""The lists at the desk, for every kind of record."""

import re

import pytest
from django.contrib.contenttypes.models import ContentType

from apps.content.models import State, record_models
from apps.languages.fields import column
from apps.sources.models import Citation
from apps.topics.models import Topic
from tests.editorial.families import CONTENT_MODELS, DESK_MODELS, address, label, make, make_many
from tests.factories import EventFactory, OrganisationFactory, SectionFactory, TopicFactory

pytestmark = [pytest.mark.django_db, pytest.mark.database]
every_kind = pytest.mark.parametrize("model", DESK_MODELS, ids=label)


def rows(response):
    return [str(each) for each in response.context["cl"].result_list]


def cells(response, name):
    """The text of the column ``name``, row by row."""
    found = re.findall(rf'<td class="field-{name}[^"]*">(.*?)</td>', response.content.decode())
    return [re.sub(r"<[^>]+>", "", each) for each in found]


def test_every_kind_of_record_has_its_place_at_the_desk():
    # A citation is kept inside the record that it is about.
    assert {*DESK_MODELS, Citation} == set(record_models())


@every_kind
def test_the_list_opens_and_names_its_rows(editor, model):
    record = make(model)
    assert str(record) in editor.get(address(model, "changelist")).content.decode()


@every_kind
def test_a_list_of_a_hundred_rows_takes_at_most_ten_queries(editor, model, django_assert_max_num_queries):
    make_many(model, 100)
    ContentType.objects.get_for_model(model)
    with django_assert_max_num_queries(10):
        response = editor.get(address(model, "changelist"))
    assert len(rows(response)) == 100


@every_kind
def test_the_filters_can_count_their_rows(editor, model):
    make(model)
    assert editor.get(address(model, "changelist"), {"_facets": "True"}).status_code == 200


@every_kind
@pytest.mark.parametrize("language", ["en", "hi"])
def test_the_list_is_searched_in_both_languages(editor, model, language):
    name = column(model.label_field, language)
    wanted = make(model, **{name: "हिन्दी" if language == "hi" else "Timbuktu"})
    make(model)
    # Another spelling of the same word, another case.
    response = editor.get(address(model, "changelist"), {"q": "हिंदी" if language == "hi" else "timBUKtu"})
    assert [each.pk for each in response.context["cl"].result_list] == [wanted.pk]


def test_the_search_reads_the_sections_of_a_note(editor):
    SectionFactory(body_hi="कैनकुन की बैठक", topic__title_en="Wanted")
    TopicFactory()
    assert rows(editor.get(address(Topic, "changelist"), {"q": "कैनकुन"})) == ["Wanted"]


@every_kind
def test_the_list_counts_what_stands_in_each_language_and_finds_what_is_missing(editor, model):
    complete, half = make(model), make(model, **{column(model.label_field, "hi"): ""})
    filled = cells(editor.get(address(model, "changelist")), "completeness_hi")
    # The count, then what the link does.
    counts = [tuple(map(int, each.split()[0].split("/"))) for each in filled]
    assert sorted(wanted - has for has, wanted in counts) == [0, 1]

    missing = editor.get(address(model, "changelist"), {"translation": "hi-missing"})
    assert [each.pk for each in missing.context["cl"].result_list] == [half.pk]
    assert complete.pk != half.pk
    assert not rows(editor.get(address(model, "changelist"), {"translation": "en-missing"}))


def test_a_note_lacks_what_its_sections_lack(editor):
    SectionFactory(body_hi=None, topic__title_en="Half")
    SectionFactory(topic__title_en="Whole")
    assert rows(editor.get(address(Topic, "changelist"), {"translation": "hi-missing"})) == ["Half"]


@pytest.mark.parametrize("model", CONTENT_MODELS, ids=label)
def test_the_list_shows_and_filters_the_state(editor, model):
    make(model, state=State.DRAFT)
    make(model)
    assert sorted(cells(editor.get(address(model, "changelist")), "state_badge")) == ["Draft", "Published"]
    assert len(rows(editor.get(address(model, "changelist"), {"standing": "draft"}))) == 1


def test_a_partial_date_is_filtered_by_its_decade(editor):
    OrganisationFactory(name_en="Old", founded="1964-12-30")
    young = OrganisationFactory(name_en="Young", founded="1987")
    OrganisationFactory(name_en="Unknown", founded="")
    page = editor.get(address(young.__class__, "changelist"))
    assert "1980s" in page.content.decode()
    assert rows(editor.get(address(young.__class__, "changelist"), {"founded__startswith": "198"})) == ["Young"]


@every_kind
@pytest.mark.parametrize("order", ["1", "-1", "2", "-3", "4", "99"])
def test_every_column_sorts(editor, model, order):
    make(model)
    assert editor.get(address(model, "changelist"), {"o": order}).status_code == 200


def test_an_untranslated_row_is_sorted_by_the_name_that_is_shown(editor):
    EventFactory(title_en="Cairo", title_hi="")
    EventFactory(title_en="Bandung", title_hi="")
    there = address(EventFactory._meta.model, "changelist")
    response = editor.get(there, {"o": "1"}, headers={"accept-language": "hi"})
    assert rows(response) == ["Bandung", "Cairo"]


@every_kind
@pytest.mark.parametrize(
    "query",
    [
        "p=abc",
        "p=" + "9" * 30,
        "translation=xx",
        "translation=hi-missing&translation=en-missing",
        "q=%22%27%25",
        "standing=x",
        "o=abc",
    ],
)
def test_a_strange_address_is_no_error(editor, model, query):
    make(model)
    assert editor.get(f"{address(model, 'changelist')}?{query}").status_code in {200, 302}
