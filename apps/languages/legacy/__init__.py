"""Damage from legacy (non-Unicode) Hindi fonts: where a text has it, what it probably was, and how sure that is.

Nothing here changes a text. Three kinds are told apart, each in a module of its own: Latin letters that were
converted as if Hindi (:mod:`.converted`), Hindi that was never converted (:mod:`.typed`), and what a careless converter
leaves inside words (:mod:`.residue`). The font is :mod:`.kruti_dev`; ``docs/hindi.md`` has the figures.
"""

import regex

from apps.languages.legacy.converted import find_latin_words, find_short_forms
from apps.languages.legacy.finding import Certainty, Damage
from apps.languages.legacy.residue import find_residue
from apps.languages.legacy.typed import find_typed

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
E_MAIL = regex.compile(r"(?<![\w.+-])[\w.+-]++@[\w-]++(?:\.[A-Za-z]{2,})+")


def find_damage(text):
    """Every damaged run in ``text``, in order, none in another's place."""
    prose = _prose(text or "")
    runs = [run for find in (find_short_forms, find_latin_words, find_residue, find_typed) for run in find(prose)]
    runs.sort(key=lambda run: run.start)  # stable: of two at one place the first finder's
    kept, end = [], 0
    for run in runs:
        if run.start >= end:
            kept.append(run)
            end = run.end
    return kept


def _prose(text):
    """``text`` with NULs for what is not prose, so that places stay."""
    prose = NOT_PROSE.sub(_blank, text)
    return E_MAIL.sub(_blank, prose) if "@" in prose else prose


def _blank(found):
    return "\0" * len(found.group())
