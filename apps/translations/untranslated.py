"""Whether a translation is its source, word for word: English that was left in the column of the Hindi."""

import regex
from django.utils.translation import gettext

from apps.translations.findings import blanked, found
from apps.translations.script import CODE_AND_TARGETS

# No acronym (UNCTAD, G-77), no sign of a formula, nothing of a programme (camelCase, two_words, x86).
WORD = regex.compile(r"(?<![\p{L}\p{M}\p{N}_])\p{L}[\p{Ll}\p{Lo}\p{M}]++(?![\p{L}\p{N}_])")
OWN_LETTERS = {"hi": regex.compile(r"\p{Devanagari}"), "en": regex.compile(r"\p{Latin}")}
# Of a text that is no title: a shorter one is a place, a name, a year.
FEWEST_WORDS = 4
# Letters of what stands small inside a name: “University of Dar es Salaam”, “Le Monde and The Hindu”.
LONGEST_PARTICLE = 3


def check(source, target, language, *, is_title):
    """``is_title``: what the record is called by, in words of ``language`` however short it is. Elsewhere names may
    stand as they are: of people, of publishers.
    """
    if source.casefold().split() != target.casefold().split():
        return []
    words = WORD.findall(blanked(target, CODE_AND_TARGETS))
    if not (_is_foreign(words, language) if is_title else _is_prose(words)):
        return []
    message = gettext("“%(excerpt)s” is word for word the source. Translate it, or leave it if it is meant so.")
    return [found("untranslated", message, target, 0, len(target))]


def _is_foreign(words, language):
    own = OWN_LETTERS.get(language)
    return bool(words) and not (own and any(map(own.search, words)))


def _is_prose(words):
    return len(words) >= FEWEST_WORDS and not all(map(_may_be_of_a_name, words))


def _may_be_of_a_name(word):
    """In a script without capital letters nothing looks like a name."""
    return word[0].isupper() or (word.islower() and len(word) <= LONGEST_PARTICLE)
