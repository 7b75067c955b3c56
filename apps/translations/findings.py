"""What a check says: one sentence, and the place it is about."""

from dataclasses import dataclass

import regex

from apps.languages.graphemes import shorten

# Signs that an excerpt shows on each side of what it is about, at most; it is cut between words.
AROUND = 18
LONGEST = 60
FILLER = "\ufffc"


@dataclass(frozen=True)
class Finding:
    """``code`` names the check, ``message`` is the sentence, ``excerpt`` the words it is about; ``start`` is where they
    stand in the translation, ``None`` for what stands only in the source.
    """

    code: str
    message: str
    start: int | None
    excerpt: str


def found(code, message, text, start, end, *, in_source=False, **values):
    """A :class:`Finding` about ``text[start:end]``; ``message`` takes ``%(excerpt)s`` and the names of ``values``."""
    excerpt = around(text, start, end)
    return Finding(code, message % {"excerpt": excerpt, **values}, None if in_source else start, excerpt)


def around(text, start, end):
    """``text[start:end]`` with the words beside it, on one line."""
    left = regex.search(r"(?:(?<=\s)|^)\S*(?:[^\S\n]+\S*)?\Z", text[max(0, start - AROUND) : start])
    right = regex.match(r"\S*(?:[^\S\n]+\S+)?(?=\s|$)", text[end : end + AROUND])
    return shorten((left.group() if left else "") + text[start:end] + (right.group() if right else ""), LONGEST)


def blanked(text, pattern):
    """``text`` with signs that mean nothing where ``pattern`` matches: every place in it stays what it was."""
    return pattern.sub(lambda match: FILLER * len(match.group()), text)
