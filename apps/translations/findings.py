"""What a check says: one sentence, and the place it is about."""

from dataclasses import dataclass, field
from functools import cached_property

import regex

from apps.languages.graphemes import shorten

# Signs that an excerpt shows on each side of what it is about, at most; it is cut between words.
AROUND = 18
LONGEST = 60
# Code units of what it is about itself that are looked at; a sign of Hindi has several of them.
LOOKED_AT = 6 * LONGEST
FILLER = "\ufffc"


@dataclass(frozen=True)
class Finding:
    """``code`` names the check, ``message`` is the sentence, ``excerpt`` the words it is about; ``start`` is where they
    stand in the translation, ``None`` for what is about no place in it.

    The words are made when they are read: a hostile text has thousands of findings, and a page shows few.
    """

    code: str
    template: str
    start: int | None
    span: tuple = (0, 0)
    values: dict = field(default_factory=dict)
    text: str = field(default="", repr=False)

    @cached_property
    def excerpt(self):
        return around(self.text, *self.span)

    @cached_property
    def message(self):
        return self.template % {"excerpt": self.excerpt, **self.values}


def found(code, message, text, start, end, *, in_source=False, **values):
    """A :class:`Finding` about ``text[start:end]``; ``message`` takes ``%(excerpt)s`` and the names of ``values``."""
    return Finding(code, message, None if in_source else start, (start, end), values, text)


def around(text, start, end):
    """``text[start:end]`` with the words beside it, on one line."""
    left = regex.search(r"(?:(?<=\s)|^)\S*(?:[^\S\n]+\S*)?\Z", text[max(0, start - AROUND) : start])
    right = regex.match(r"\S*(?:[^\S\n]+\S+)?(?=\s|$)", text[end : end + AROUND])
    about = text[start : min(end, start + LOOKED_AT)]
    return shorten((left.group() if left else "") + about + (right.group() if right else ""), LONGEST)


def blanked(text, pattern):
    """``text`` with signs that mean nothing where ``pattern`` matches: every place in it stays what it was."""
    return pattern.sub(lambda match: FILLER * len(match.group()), text)
