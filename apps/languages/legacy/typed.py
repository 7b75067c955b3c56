"""Kruti Dev text kept as Latin letters, as its author's keyboard left it: ``Hkkjr ds fodkl`` for भारत के विकास.

Each word is weighed: is it likelier Hindi in the font's keys, or English as it stands? The heaviest stretch of a line
is the run, so that a phrase in an English line is found and a name in a Hindi one does not cut it in two.
"""

import functools
import math
import re
import unicodedata

import regex

from apps.languages.legacy.finding import Certainty, Damage
from apps.languages.legacy.kruti_dev import to_unicode
from apps.languages.legacy.likeness import ENGLISH, HINDI

# Weights are natural logarithms of odds: 10 is 22,000 to 1 for Hindi.
LEAST, LIKELY, CERTAIN = 10, 15, 22
# So much against it ends a stretch: two or three English words.
ENOUGH = 12
CAPITAL, ODD_CASE, ODD_MARK, MISSPELT = math.log(26), 5, 5, 6

# No line of Kruti Dev is without one of these, few English lines have one: what makes weighing worth the time.
A_KEY = regex.compile(
    r"(?<![A-Za-z])(?:d[jskhS]|dks|esa|ls|us|ij|gS|gSa|Fk[khs]|vkSj|,d|;g|;s|ugha|fd)(?![A-Za-z])"
    r"|[bcdfghjmptvxzBDFHMNRV;'\"{\[]k|[A-Za-z][;{\[+|}=~>][A-Za-z]|[a-z][A-Z]|kk|[A-Za-z]±|\w&\w|[A-Za-z][\xa1-\xff]k"
)
# One of the next two stands wherever a key does, and both are read ten times as fast: a pair of signs by the second of
# them, and by what stands before them those of the short words that have no such pair.
PAIR_TRACE = re.compile(
    r"[A-Zk;{\[+|}=~>±&,](?:(?<=[bcdfghjkmptvxzBDFHMNRV;'\"{\[\xa1-\xff]k)|(?<=[a-z][A-Z])"
    r"|(?<=[A-Za-z][;{\[+|}=~>])(?=[A-Za-z])|(?<=[A-Za-z]±)|(?<=&)(?=\S)|(?<=,)d(?![A-Za-z])|(?<=;)[gs](?![A-Za-z]))"
)
WORD_TRACE = re.compile(r"[^A-Za-z](?:d[jsh]|esa|[lu]s|ij|ugha|fd)(?![A-Za-z])")
# A key is a Latin letter, or a letter or digit before an &.
LATIN_TRACE = re.compile("[A-Za-z&]")
LATIN_STRETCH = regex.compile("[^\n\x00\u0900-\u097f]{2,}+")
TOKEN = regex.compile(r"\S+")
DEVANAGARI_WORD = regex.compile("[\u0900-\u0963\u0971-\u097f]+")
# What no word in the keys becomes: a sign without its letter, two signs on one, a letter that the font has no key for.
BROKEN = regex.compile(
    "(?<![\u0900-\u097f])[\u0900-\u0903\u093c\u093e-\u094d]|[\u093e-\u094d][\u093e-\u094d]|\\p{Latin}"
)
LATIN_WORD = regex.compile("[A-Za-z]+")
MARK_INSIDE = regex.compile(
    r"(?<=[A-Za-z])[^A-Za-z0-9\s'’&/.–—-]+(?=[A-Za-z])|(?<=[a-z])\.(?=[A-Za-z])|^[,;:]+(?=[A-Za-z])"
)
MARKUP_BEFORE = regex.compile(r"(?:(?:#{1,6}|[-*+>]|\d+\.)\s+)*+")
AROUND = [("**", "**"), ("(", ")")]


def may_be_typed(spaced):
    """Whether ``spaced``, a text after a space, can have a run in it. Hindi mostly has not one Latin letter."""
    return LATIN_TRACE.search(spaced) and (PAIR_TRACE.search(spaced) or WORD_TRACE.search(spaced))


def find_typed(text):
    """The runs of typed Kruti Dev in ``text``; no run goes over a line or a ``\\0``."""
    for stretch in LATIN_STRETCH.finditer(text):
        if A_KEY.search(stretch.group()):
            for start, end, weight in _heaviest(stretch):
                start, end = _without_markup(text, start, end)
                run = text[start:end]
                yield Damage(run, start, to_unicode(run), _certainty(weight))


def _without_markup(text, start, end):
    """The run without list marks, bold and brackets around it: only those that the keys would not begin a text with."""
    start = MARKUP_BEFORE.match(text, start, end).end()
    for before, after in AROUND:
        if text.startswith(before, start, end) and text.endswith(after, start + len(before), end):
            start, end = start + len(before), end - len(after)
    return start, end


def _certainty(weight):
    if weight >= CERTAIN:
        return Certainty.CERTAIN
    return Certainty.LIKELY if weight >= LIKELY else Certainty.UNSURE


def _heaviest(stretch):
    """The parts of a stretch that weigh :data:`LEAST` or more: ``(start, end, weight)``. All of it, where what stands
    between and around them weighs little: a line is one text, and its odd words belong to it.
    """
    tokens = list(TOKEN.finditer(stretch.group()))
    weights = [evidence(token.group()) for token in tokens]
    parts = list(_heavy_parts(weights))
    if parts and sum(weights) >= 0.7 * sum(weight for _first, _last, weight in parts):
        parts = [(0, len(tokens) - 1, sum(weights))]
    for first, last, weight in parts:
        yield stretch.start() + tokens[first].start(), stretch.start() + tokens[last].end(), weight


def _heavy_parts(weights):
    """``(first, last, weight)`` of each run of numbers whose sum reaches :data:`LEAST` before it falls off again."""
    first = last = 0
    total = most = 0
    for here, weight in enumerate(weights):
        total += weight
        if total >= most:
            last, most = here, total
        if total < 0 or total < most - ENOUGH:
            if most >= LEAST:
                yield first, last, most
            first, total, most = here + 1, 0, 0
    if most >= LEAST:
        yield first, last, most


@functools.lru_cache(maxsize=4096)
def evidence(token):
    """By how much ``token`` is likelier Hindi in the font's keys than English as it stands; 0 for a number."""
    latin = LATIN_WORD.findall(_without_accents(token))
    drawn = to_unicode(token)
    devanagari = DEVANAGARI_WORD.findall(drawn)
    if not latin or not devanagari:
        return 0
    hindi = sum(map(HINDI.likelihood, devanagari)) - MISSPELT * len(BROKEN.findall(drawn))
    english = sum(map(_likely_english, latin)) - ODD_MARK * len(MARK_INSIDE.findall(token))
    return hindi - english


def _without_accents(token):
    return token if token.isascii() else regex.sub(r"\p{M}", "", unicodedata.normalize("NFD", token))


def _likely_english(word):
    as_word = ENGLISH.likelihood(word.lower()) - (0 if word.islower() or word.istitle() else ODD_CASE)
    return max(as_word, -CAPITAL * (len(word) + 1)) if word.isupper() else as_word
