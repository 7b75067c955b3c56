"""Two spellings of one word fold to the same text."""

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from apps.languages import fold as folding
from apps.languages.fold import fold, word_key

ANY_TEXT = st.text(st.characters(codec=None, exclude_categories=[]))
PIECES = [*"Gé\u0345क\u093cिघ7७²٣ \t\x1c-–।_中", "ङ्"]


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


@given(ANY_TEXT)
def test_what_comes_out_is_always_storable(text):
    folded = fold(text)
    folded.encode("utf-8")
    assert "\x00" not in folded


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("G-77 met, 1964", " g 77 met 1964 "),
        ("जी७७ और G77", " जी 77 और g 77 "),
        ("1955में10²", " 1955 में 10² "),
        ("x²y 中7", " x ² y 中 7 "),
        (" – ", "  "),
    ],
)
def test_a_key_is_words_with_a_space_around_each(text, key):
    assert word_key(text) == key


@given(ANY_TEXT | st.lists(st.sampled_from(PIECES)).map("".join))
def test_a_key_has_the_words_of_the_folded_text_as_unicode_has_them(text):
    words = folding.LETTER_MEETS_DIGIT.sub(" ", folding.NOT_A_WORD.sub(" ", fold(text))).split()
    assert word_key(text) == f" {' '.join(words)} "


@pytest.mark.parametrize(
    ("spelt_out", "property_of_unicode"),
    [
        (folding.HYPHENS.pattern.rstrip("+"), r"\p{Pd}"),
        (f"[{folding.BLANK}]", r"\s"),
        (f"[{folding.LETTERS}]", rf"(?=[{folding.COMMON}])[\p{{L}}\p{{M}}]"),
        (f"[{folding.NUMBERS}]", rf"(?=[{folding.COMMON}])\p{{N}}"),
    ],
    ids=["dashes", "blanks", "letters", "numbers"],
)
def test_signs_that_are_spelt_out_are_all_that_unicode_has(spelt_out, property_of_unicode):
    everything = "".join(map(chr, range(0x110000)))
    assert set(regex.findall(spelt_out, everything)) == set(regex.findall(property_of_unicode, everything))
