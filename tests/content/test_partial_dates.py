"""Dates as exactly as history knows them."""

from contextlib import suppress

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from apps.content.partial_dates import PartialDate, PartialDateField
from apps.events.models import Event
from tests.factories import EventFactory


@pytest.mark.parametrize(
    ("written", "english"), [("1987", "1987"), ("1987-10", "October 1987"), ("1987-10-02", "2 October 1987")]
)
def test_a_date_is_shown_no_more_exactly_than_it_is_known(written, english):
    with override("en"):
        assert PartialDate(written).display() == english


@pytest.mark.parametrize("wrong", ["1987-13", "1987-02-30", "about 1987", "19871002"])
def test_what_is_not_a_date_gets_a_sentence(wrong):
    with pytest.raises(ValidationError, match="is not a date"):
        PartialDateField().to_python(wrong)


@given(st.text())
def test_any_text_is_a_date_or_a_clear_refusal(text):
    with suppress(ValidationError):
        assert PartialDateField().to_python(text) in {text.strip(), ""}


@pytest.mark.django_db
@pytest.mark.database
def test_dates_of_any_exactness_sort_by_time():
    for start in ["1988-03", "1987-10-02", "1988", "1987-10"]:
        EventFactory(start=start)
    assert list(Event.objects.values_list("start", flat=True)) == ["1987-10", "1987-10-02", "1988", "1988-03"]


@pytest.mark.django_db
def test_a_date_that_is_none_never_reaches_the_database():
    with pytest.raises(ValidationError):
        EventFactory(start="next year")


def test_digits_of_either_script_are_one_date():
    assert PartialDate("१९८७-१०") == "1987-10"
