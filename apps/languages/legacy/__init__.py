"""Damage from legacy (non-Unicode) Hindi fonts: where a text has it, what it probably was, and how sure that is.

Nothing here changes a text. Three kinds are told apart, each in a module of its own: Latin letters that were
converted as if Hindi (:mod:`.converted`), Hindi that was never converted (:mod:`.typed`), and what a careless converter
leaves inside words (:mod:`.residue`). The font is :mod:`.kruti_dev`; ``docs/hindi.md`` has the figures.

Every text that is kept comes through here, ten thousand rows of a sheet at a time, and nearly all are clean. So a
finder has a *trace*: something that stands in every text it finds anything in and in few others, and that a quick
search sees. Without its trace a finder is not asked.
"""

import re

import regex

from apps.languages.legacy.converted import COMMA_TRACE, find_latin_commas, find_latin_words, find_short_forms
from apps.languages.legacy.finding import Certainty, Damage
from apps.languages.legacy.residue import ORPHAN_TRACE, YEARS_TRACE, find_broken_words, find_orphans, find_years
from apps.languages.legacy.typed import find_typed, may_be_typed

__all__ = ["Certainty", "Damage", "find_damage"]

# What is nobody's prose. No key of the old font draws a letter next to a space and a backtick: ` is ृ.
NOT_PROSE = regex.compile(
    r"(?<!`)(`{3,})(?!`).*?(?:\1|\Z)"  # code blocks
    r"|(?<![\p{L}\p{M}\p{N}`])`[^`\n]++`(?![\p{L}\p{M}\p{N}`])"  # code in a line
    r"|\]\([^()\s]*+\)"  # where a link goes
    r"|\[\^[^\[\]\s]++\]"  # footnote marks
    r"|(?:https?://|www\.)[^\s<>)]++",
    regex.DOTALL,
)
# None of that is without one of these.
NOT_PROSE_TRACES = ("`", "](", "[^", "://", "www.")
E_MAIL = regex.compile(r"(?<![\w.+-])[\w.+-]++@[\w-]++(?:\.[A-Za-z]{2,})+")

# All finders but the last look for what Hindi can't be: each of their runs has a letter or sign of Hindi in it.
HINDI = re.compile("[\u0900-\u097f]")
# Their traces, if they have one, in the order of their say.
IN_HINDI = [
    (None, find_short_forms),
    (COMMA_TRACE, find_latin_commas),
    (None, find_latin_words),
    (None, find_broken_words),
    (ORPHAN_TRACE, find_orphans),
    (YEARS_TRACE, find_years),
]


def find_damage(text):
    """Every damaged run in ``text``, in order, none in another's place."""
    if not text:
        return []
    prose = _prose(text)
    runs = [run for find in finders_for(prose) for run in find(prose)]
    runs.sort(key=lambda run: run.start)  # stable: of two at one place the first finder's
    kept, end = [], 0
    for run in runs:
        if run.start >= end:
            kept.append(run)
            end = run.end
    return kept


def finders_for(prose):
    """Those that may find something in ``prose``. It is read after a space: a text's beginning is a word's, too."""
    spaced = " " + prose
    if not prose.isascii() and HINDI.search(prose):
        yield from (find for trace, find in IN_HINDI if trace is None or trace.search(spaced))
    if may_be_typed(spaced):
        yield find_typed


def _prose(text):
    """``text`` with NULs for what is not prose, so that places stay."""
    prose = NOT_PROSE.sub(_blank, text) if any(trace in text for trace in NOT_PROSE_TRACES) else text
    return E_MAIL.sub(_blank, prose) if "@" in prose else prose


def _blank(found):
    return "\0" * len(found.group())
