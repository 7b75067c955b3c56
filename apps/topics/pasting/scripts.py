"""Which language a text is in, as its script shows."""

import regex
from django.conf import settings

from apps.languages.fields import language_codes
from apps.languages.legacy import find_damage

DEVANAGARI, LATIN = regex.compile(r"\p{Devanagari}"), regex.compile(r"\p{Latin}")
# A text is in two languages where the other has more than this part of its letters.
OTHER_LANGUAGE = 0.2


def guess_language(text):
    """The code of the language whose script most of ``text`` stands in, once an old font's letters are read."""
    devanagari, latin = _letters(text)
    is_hindi = devanagari > latin and "hi" in language_codes()
    return "hi" if is_hindi else settings.MODELTRANSLATION_DEFAULT_LANGUAGE


def is_in_two_languages(text):
    """Whether much of ``text`` stands in each of two scripts."""
    letters = _letters(text)
    return min(letters) > OTHER_LANGUAGE * sum(letters)


def _letters(text):
    """How many letters are Devanagari, and how many Latin."""
    parts, end = [], 0
    for run in find_damage(text):
        parts += [text[end : run.start], run.reading or run.text]
        end = run.end
    read = "".join([*parts, text[end:]])
    return len(DEVANAGARI.findall(read)), len(LATIN.findall(read))
