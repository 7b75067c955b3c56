"""Two spellings of one word fold to the same text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.languages.fold import fold


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("हिन्दी", "हिंदी"),
        ("सम्बन्ध", "संबंध"),
        ("अण्डा", "अंडा"),
        ("पाँच", "पांच"),
        ("ज़्यादा", "ज्यादा"),
        ("क\u093cलम", "\u0958लम"),  # nukta as a mark of its own, and precomposed
        ("क्\u200dष", "क्ष"),
        ("१९५५", "1955"),
        ("G–15", "g-15"),
        ("Nyéréré", "nyerere"),
    ],
)
def test_spellings_that_a_reader_takes_for_one(one, other):
    assert fold(one) == fold(other)


def test_different_words_stay_different():
    assert fold("मन") != fold("मान")
    assert fold("दिन") != fold("दीन")


@given(st.text())
def test_folding_twice_changes_nothing_more(text):
    assert fold(fold(text)) == fold(text)


@given(st.text(st.characters(codec=None, exclude_categories=[])))
def test_what_comes_out_is_always_storable(text):
    folded = fold(text)
    folded.encode("utf-8")
    assert "\x00" not in folded
