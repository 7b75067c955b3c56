"""Records found by what people write into a cell."""

import time
import unicodedata
import uuid

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from apps.content.models import State
from apps.events.models import Event
from apps.organisations.models import Country, Organisation
from apps.sources.models import Citation
from apps.spreadsheets.keys import MOST_HINTS, Keys
from apps.topics.models import Section
from tests.factories import (
    CitationFactory,
    CountryFactory,
    EventFactory,
    OrganisationFactory,
    SectionFactory,
    TopicFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def movement():
    return OrganisationFactory(
        slug="non-aligned-movement", name_en="Non-Aligned Movement", name_hi="गुटनिरपेक्ष आन्दोलन", acronym_en="NAM",
        other_names_en="Movement of Non-Aligned Countries\nThe Movement", other_names_hi="निर्गुट आन्दोलन",
    )  # fmt: skip


def complaint(keys, text):
    with pytest.raises(ValidationError) as refused:
        keys.find(text)
    (sentence,) = refused.value.messages
    return sentence


# --- Found -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    ["non-aligned-movement", " NON-ALIGNED-Movement ", "non–aligned–movement", "Non-Aligned Movement",
     "nonaligned movement", "NAM", "nam", "The Movement", "movement of  non-aligned\u00a0countries",
     "गुटनिरपेक्ष आन्दोलन", "गुट निरपेक्ष आंदोलन", "गुट-निरपेक्ष आन्दोलन", "निर्गुट आंदोलन",
     "Non-Aligned Movement (non-aligned-movement)", "NAM (Non-Aligned-Movement)"],
)  # fmt: skip
def test_a_record_is_found_by_its_key_and_by_every_name(movement, text):
    OrganisationFactory(slug="unctad", name_en="Other")
    for form in ("NFC", "NFD"):
        assert Keys(Organisation).find(unicodedata.normalize(form, text)) == movement.pk


def test_whatever_a_list_of_records_offers_is_understood():
    CountryFactory(code="IN", name_en="India", name_hi="भारत"), CountryFactory(code="KE", name_en="Kenya", name_hi="")
    keys = Keys(Country)
    with translation.override("hi"):
        assert Keys(Country).choices() == ["Kenya (KE)", "भारत (IN)"]
    assert keys.choices() == ["India (IN)", "Kenya (KE)"]
    assert [keys.text[keys.find(each)] for each in keys.choices()] == ["IN", "KE"]


@pytest.mark.parametrize("text", ["G-77", "G77", "g 77", "समूह 77", "समूह-७७"])
def test_a_number_in_a_name_may_be_joined_or_apart(text):
    group = OrganisationFactory(slug="group-of-77", acronym_en="G-77", other_names_hi="समूह-77")
    OrganisationFactory(slug="g-7-7", name_en="G 7 7")
    assert Keys(Organisation).find(text) == group.pk


def test_a_nukta_more_or_less_is_no_other_name():
    country = CountryFactory(code="BR", name_hi="ब्राज़ील")
    assert Keys(Country).find("ब्राजील") == country.pk


def test_a_key_in_any_case_goes_before_a_name():
    india, other = CountryFactory(code="IN", name_en="India"), CountryFactory(code="XX", name_en="in")
    assert Keys(Country).find("in") == india.pk
    assert Keys(Country).find("xx") == other.pk


@pytest.mark.parametrize("text", ["origins/first-steps", "Origins / First-Steps", "First steps"])
def test_a_part_is_found_by_the_key_of_its_whole_and_its_own(text):
    section = SectionFactory(topic=TopicFactory(slug="origins"), anchor="first-steps", heading_en="First steps")
    assert Keys(Section).find(text) == section.pk


def test_what_readers_do_not_see_is_found_too():
    draft = EventFactory(slug="bandung", title_en="Bandung", state=State.DRAFT)
    assert Keys(Event).find("Bandung") == draft.pk


def test_a_kind_without_names_is_found_by_key():
    citation = CitationFactory(record=EventFactory(), position=1)
    key = "/".join(map(str, citation.natural_key()))
    assert Keys(Citation).find(key) == citation.pk
    assert complaint(Keys(Citation), "report").startswith("There is no citation “report”.")


# --- Refused ---------------------------------------------------------------------------------------------------------


def test_a_name_that_several_bear_is_refused_with_their_keys():
    for slug in ("lima-1971", "lima-1975"):
        EventFactory(slug=slug, title_en="Lima conference")
    sentence = "“lima Conference” is the name of several events. Write one of these instead: lima-1971, lima-1975."
    assert complaint(Keys(Event), "lima Conference") == sentence
    assert Keys(Event).find("Lima conference (lima-1975)") == Event.objects.get(slug="lima-1975").pk


def test_of_many_that_bear_a_name_a_few_are_named():
    for number in range(9):
        EventFactory(slug=f"summit-{number}", title_en="Summit")
    assert complaint(Keys(Event), "summit").endswith(": summit-0, summit-1, summit-2, summit-3, summit-4, ….")


@pytest.mark.parametrize("text", ["non-alinged-movement", "Non-Alligned Movment", "गुटनिरपेक्श आन्दोलन", "निरगुट आंदोलन"])
def test_an_unknown_name_is_refused_with_the_nearest(movement, text):
    OrganisationFactory(slug="unctad", name_en="Trade and development", name_hi="व्यापार और विकास")
    sentence = f"There is no organisation “{text}”. Did you mean “Non-Aligned Movement (non-aligned-movement)”?"
    assert complaint(Keys(Organisation), text) == sentence


def test_the_nearest_is_called_as_the_editor_reads_it(movement):
    with translation.override("hi"):
        assert "“गुटनिरपेक्ष आन्दोलन (non-aligned-movement)”" in complaint(Keys(Organisation), "NAMM movement nonaligned")


def test_where_nothing_is_near_nothing_is_proposed(movement):
    assert complaint(Keys(Organisation), "zzz") == "There is no organisation “zzz”."


def test_a_name_in_brackets_does_not_make_another_record_of_it():
    CountryFactory(code="IN", name_en="India")
    assert complaint(Keys(Country), "Indiana (IN)").startswith("There is no country “Indiana (IN)”.")


@pytest.mark.parametrize("text", ["", " ", "/", "()", "++", "\x00", "\ud800", "क" * 40_000])
def test_what_names_nothing_is_refused_in_short(movement, text):
    OrganisationFactory(slug="c", name_en="++")
    assert complaint(Keys(Organisation), text).startswith("There is no organisation")
    assert len(complaint(Keys(Organisation), text)) < 200


# --- Several in one cell ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["IN; KE", "IN,KE;", " IN \n\nKE", "India, Kenya", "India (IN), KE", "IN, ke"])
def test_a_cell_with_several_records_is_split_between_them(text):
    for code, name in [("IN", "India"), ("KE", "Kenya")]:
        CountryFactory(code=code, name_en=name)
    assert len(list(Keys(Country).split(text))) == 2


@pytest.mark.parametrize("text", ["Lima Meeting, 1971", "lima meeting, 1971; ", "Lima Meeting, 1971 (lima-1971)"])
def test_a_comma_in_a_name_separates_nothing(text):
    record, keys = EventFactory(slug="lima-1971", title_en="Lima Meeting, 1971"), Keys(Event)
    assert [keys.find(part) for part in keys.split(text)] == [record.pk]


def test_no_names_are_read_to_split_keys(django_assert_num_queries):
    for code in ("IN", "KE"):
        CountryFactory(code=code)
    with django_assert_num_queries(1):
        assert list(Keys(Country).split("IN,KE")) == ["IN", "KE"]


@pytest.mark.parametrize("text", ["", ";;", ",", " , ; \n"])
def test_between_separators_there_may_be_nothing(text):
    assert list(Keys(Country).split(text)) == []


# --- Rows of the same sheet ------------------------------------------------------------------------------------------


def test_a_row_that_is_not_saved_yet_is_found():
    keys, pk = Keys(Event), uuid.uuid4()
    keys.learn_key(pk, "bandung", ["Bandung Conference", "Asian-African Conference\nबांडुंग सम्मेलन"])
    for text in ("bandung", "BANDUNG", "Asian-African conference", "बांडुंग सम्मेलन"):
        assert keys.find(text) == pk


def test_a_row_is_learnt_before_and_after_the_names_were_read():
    keys = Keys(Event)
    for number in (1, 2):
        record = Event(slug=f"summit-{number}", title_en=f"Summit {number}")
        keys.learn(record)
        assert keys.find(f"summit {number}") == record.pk


def test_a_new_name_is_known_beside_the_old_one():
    record, keys = EventFactory(slug="bandung", title_en="Old"), Keys(Event)
    record.title_en = "New"
    keys.learn(record)
    assert keys.find("new") == keys.find("old") == record.pk


@pytest.mark.parametrize("asked_before", [True, False])
def test_a_row_that_is_forgotten_is_found_no_more(asked_before):
    record, keys = EventFactory(slug="bandung", title_en="Conference"), Keys(Event)
    if asked_before:
        assert keys.find("conference") == record.pk
    keys.forget(record.pk)
    for text in ("bandung", "BANDUNG", "Conference"):
        assert complaint(keys, text) == f"There is no event “{text}”."


# --- What it costs ---------------------------------------------------------------------------------------------------


def test_one_query_for_keys_and_one_more_for_names(movement, django_assert_num_queries):
    keys = Keys(Organisation)
    with django_assert_num_queries(1):
        keys.find("non-aligned-movement")
    with django_assert_num_queries(1):
        keys.find("NAM")
        keys.find("The Movement")
        complaint(keys, "nothing")
        complaint(keys, "nothing else")


def test_hints_end_and_the_same_mistake_has_one(movement):
    keys = Keys(Organisation)
    for _time in range(MOST_HINTS + 1):
        assert complaint(keys, "NAM movement, nonaligned").endswith("”?")
    for number in range(MOST_HINTS):
        complaint(keys, f"nonaligned movement {number}")
    assert complaint(keys, "nonaligned movment") == "There is no organisation “nonaligned movment”."
    assert complaint(keys, "NAM movement, nonaligned").endswith("”?")


def test_ten_thousand_wrong_cells_are_refused_soon():
    keys = Keys(Event)
    for number in range(10_000):
        names = [f"Conference number {number} of the ministers", f"मंत्रियों का सम्मेलन संख्या {number}", f"C {number}"]
        keys.learn_key(uuid.uuid4(), f"conference-number-{number}", names)
    started = time.monotonic()
    for number in range(10_000):
        complaint(keys, f"Conferense numbr {number} of ministers")
    assert time.monotonic() - started < 30
