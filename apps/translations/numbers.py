"""Whether the numbers of a text are those of its source: in digits of either script, grouped or not, or as words."""

from collections import deque
from dataclasses import dataclass
from decimal import Decimal

import regex
from django.utils.translation import gettext

from apps.languages.fold import fold
from apps.translations.findings import blanked, found
from apps.translations.number_words import SCALES, WORD, spelt_out

# 1,00,000 and 100,000 are one number; so are 3.5 and ३.५. A full stop after a number ends a sentence.
DIGITS = regex.compile(r"\d{1,3}(?:,\d{2,3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?")
ANY_DIGIT = regex.compile(r"\d")
# What is no number of the text: a link's target, a bare address, code, a footnote's mark, the number of a list's point.
NO_NUMBER = regex.compile(
    r"(?<=\])\([^)\s]{0,500}+\)|\bhttps?://\S+|`[^`\n]{1,200}`|\[\^[^\]\s]{1,40}\]:?|^[ \t]*\d+[.)](?=\s)",
    regex.MULTILINE,
)
# समूह-77, G-15: part of a name, which one language may use where the other says "the Group".
NAME_BEFORE = regex.compile(r"[\p{L}\p{M}]\p{Pd}?$|[Gg]roup of $")
# 1964–65: the second number is a year too.
YEAR_BEFORE = regex.compile(r"(?<!\d)(\d\d)(\d\d)\p{Pd}$")
# No longer than either of them: what stands before is not read again for every number.
BEFORE = 12


@dataclass(frozen=True)
class Number:
    """``values``: what it may stand for (``65`` in ``1964–65``: 65 and 1965); ``text`` as it is written."""

    values: frozenset
    text: str
    start: int
    in_words: bool = False
    in_name: bool = False

    @property
    def end(self):
        return self.start + len(self.text)


def numbers(text, language):
    """Every :class:`Number` in ``text``, those in digits first."""
    in_digits = [_in_digits(match, text, language) for match in DIGITS.finditer(text)]
    in_words = [
        Number(frozenset([Decimal(value)]), text[start:end], start, in_words=True)
        for value, start, end in spelt_out(text, language)
    ]
    return in_digits + in_words


def check(source, target, source_language, target_language):
    """A number of the source that is missing, one by one; and one that the source does not have at all."""
    if not (ANY_DIGIT.search(source) or ANY_DIGIT.search(target)):
        return []  # numbers in words are read only to find the partners of those in digits
    wanted = numbers(blanked(source, NO_NUMBER), source_language)
    there = numbers(blanked(target, NO_NUMBER), target_language)
    missing, free = _paired([each for each in wanted if not each.in_words], there)
    added = [each for each in free if not each.in_words]
    if added:  # the year in a link's target is known too: a translation may say it
        known = {value for number in [*wanted, *numbers(source, source_language)] for value in number.values}
        added = [each for each in added if not each.values & known]
    if not missing or not added:  # a name more or less is no mistake; one in place of another is
        missing, added = ([each for each in some if not each.in_name] for some in (missing, added))
    return [_missing(each, source) for each in missing] + [_added(each, target) for each in added]


def _paired(wanted, there):
    """What is left of ``wanted`` and of ``there`` once each number of the one has taken the first of its value."""
    places, taken, missing = {}, set(), []
    for place, number in enumerate(there):
        for value in number.values:
            places.setdefault(value, deque()).append(place)
    for number in wanted:
        waiting = [places[value] for value in number.values if value in places]
        for queue in waiting:
            while queue and queue[0] in taken:
                queue.popleft()
        first = min((queue[0] for queue in waiting if queue), default=None)
        if first is None:
            missing.append(number)
        else:
            taken.add(first)
    return missing, [number for place, number in enumerate(there) if place not in taken]


def _in_digits(match, text, language):
    plain = match.group().replace(",", "")
    values = {Decimal(plain)}
    before = text[max(0, match.start() - BEFORE) : match.start()]
    year = YEAR_BEFORE.search(before)
    if year and len(plain) == 2 and int(plain) > int(year[2]):
        values.add(Decimal(int(year[1]) * 100 + int(plain)))
    following = WORD.match(text, match.end() + 1) if text[match.end() : match.end() + 1].isspace() else None
    if following and (scale := SCALES.get(language, {}).get(fold(following.group()))):
        values.add(Decimal(plain) * scale)
    in_name = bool(NAME_BEFORE.search(before))
    return Number(frozenset(values), match.group(), match.start(), in_name=in_name)


def _missing(number, source):
    message = gettext("The number %(number)s of the source (“%(excerpt)s”) is missing here.")
    return found("number_missing", message, source, number.start, number.end, in_source=True, number=number.text)


def _added(number, target):
    message = gettext("The number %(number)s in “%(excerpt)s” is not in the source.")
    return found("number_added", message, target, number.start, number.end, number=number.text)
