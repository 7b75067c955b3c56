"""Markdown loses its signs on the way into search, and nothing else."""

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from apps.content.plain_text import plain_text

PIECES = ["[", "]", "(", ")", "^", ":", "-", "*", "_", "`", "#", ">", "|", "a", "क", " ", "\t", "\n", "\x1c", "\xa0"]


@pytest.mark.parametrize(
    ("markdown", "words"),
    [
        ("[the meeting](event:lima) in Lima", "the meeting in Lima"),
        ("**दक्षिण** आयोग[^1]", "दक्षिण आयोग"),
        ("| Year | Place |\n\n- list", "Year Place list"),
        ("- South-South: a list", "South-South: a list"),
        ("South-South, 1955-1964", "South-South, 1955-1964"),
    ],
)
def test_signs_go_and_words_stay(markdown, words):
    assert plain_text(markdown).split() == words.split()


def as_slowly_said(markdown):
    """The same without regard to how long it takes."""
    linked = regex.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", markdown)
    return regex.sub(r"\[\^[^\]]*\]:?|[*_`#>|]+|^\s*[:-]+\s", " ", linked, flags=regex.MULTILINE)


@given(st.text(PIECES))
def test_nothing_is_gained_in_speed_by_leaving_a_sign(markdown):
    assert plain_text(markdown) == as_slowly_said(markdown)


def test_blank_lines_are_read_once():
    blank = "\n" * 50_000
    assert plain_text(f"{blank}*{blank}") == f"{blank} {blank}"
