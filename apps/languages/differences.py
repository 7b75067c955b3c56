"""What changed between two texts, word by word; never a cut through a Hindi sign, never longer than it is given."""

import time

import regex
from diff_match_patch import diff_match_patch
from django.utils.html import format_html, format_html_join

from apps.languages.graphemes import clusters

SECONDS_FOR_A_TEXT = 0.1
SECONDS_FOR_A_PAGE = 2
# Parts: of unchanged text on each side of a change, of a text that is all new or all gone, and of both texts in all.
AROUND = 12
WHOLE = 120
COMPARED = 50_000
# Where what is shown is bounded: parts of one change, and signs of one part, which may be a word without end.
OF_A_CHANGE = 120
OF_A_WORD = 60
# A word, a run of white space, or one sign of anything else, so that a changed full stop does not mark its word. Built
# of whole clusters (\X); a mark that stands on nothing stays with what is before it.
PARTS = regex.compile(
    r"(?:(?=[\p{L}\p{M}\p{N}\u200c\u200d])\X)+|(?:(?=\s)\X)+(?:(?=\p{M})\X)*|\X(?:(?=\p{M})\X)*", regex.VERSION1
)
# Each part becomes one character from here on, which is what diff-match-patch compares.
FIRST_SIGN = 0xF0000
GONE, SAME, NEW = -1, 0, 1


class Differences:
    """The differences of one page: once its time is used up, the rest is shown as the old text and the new one."""

    def __init__(self, seconds=SECONDS_FOR_A_PAGE):
        self.end = time.monotonic() + seconds

    def html(self, before, after, most=None):
        """``before`` and ``after`` as one text with ``<del>`` and ``<ins>``, long unchanged stretches left out.

        ``most``: so many parts (words, spaces, signs) of both are shown; then a long change is shown by how it begins
        and ends, and a word without end too. Without it a change is shown as a whole, however long.
        """
        old, new = PARTS.findall(before), PARTS.findall(after)
        pieces = self.compared(old, new) or [(GONE, _opening(old)), (NEW, _opening(new))]
        last = len(pieces) - 1
        shown = [
            (kind, parts if kind else _edges(parts, place == 0, place == last))
            for place, (kind, parts) in enumerate(pieces)
        ]
        shown = shown if most is None else _bounded(shown, most)
        return format_html_join("", "{}", [(_marked(kind, parts),) for kind, parts in shown])

    def side_by_side(self, before, after):
        """``(before, after)`` in full: what is gone marked in the one, what is new in the other."""
        old, new = PARTS.findall(before), PARTS.findall(after)
        pieces = self.compared(old, new) or _one_change(old, new)
        return tuple(
            format_html_join("", "{}", [(_marked(kind, parts),) for kind, parts in pieces if kind != other])
            for other in (NEW, GONE)
        )

    def compared(self, old, new):
        """``[(GONE, SAME or NEW, parts), …]``; ``None`` where there is nothing to compare, or no time."""
        seconds = min(SECONDS_FOR_A_TEXT, self.end - time.monotonic())
        if not old or not new or seconds <= 0 or len(old) + len(new) > COMPARED:
            return None
        parts = list(dict.fromkeys([*old, *new]))
        signs = {part: chr(FIRST_SIGN + place) for place, part in enumerate(parts)}
        comparer = diff_match_patch()
        comparer.Diff_Timeout = seconds
        pieces = comparer.diff_main(*("".join(signs[part] for part in text) for text in (old, new)), False)
        if time.monotonic() < self.end:
            comparer.diff_cleanupSemantic(pieces)  # "old name" became "new title": one change, not two around a space
        return [(kind, [parts[ord(sign) - FIRST_SIGN] for sign in piece]) for kind, piece in pieces]


def _one_change(old, new):
    """Everything between what both texts begin with and what both end with, as one change."""
    start = _alike(old, new)
    end = _alike(old[start:][::-1], new[start:][::-1])
    return [
        (SAME, old[:start]),
        (GONE, old[start : len(old) - end]),
        (NEW, new[start : len(new) - end]),
        (SAME, old[len(old) - end :]),
    ]


def _alike(one, other):
    pairs = zip(one, other, strict=False)
    return next((place for place, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))


def _opening(parts):
    return parts if len(parts) <= WHOLE else [*parts[:WHOLE], "…"]


def _edges(parts, first, last, around=AROUND):
    head, tail = ([] if first else parts[:around]), ([] if last else parts[-around:])
    return [*head, " … ", *tail] if len(head) + len(tail) < len(parts) else parts


def _bounded(pieces, most):
    """Yields the first of ``pieces``, ``(kind, parts)``, that have at most ``most`` parts together."""
    for kind, parts in pieces:
        kept = _edges(parts, False, False, OF_A_CHANGE // 2)
        yield kind, [_word(part) for part in kept[:most]]
        if len(kept) > most:
            yield SAME, [" …"]
            return
        most -= len(kept)


def _word(part):
    signs = clusters(part) if len(part) > OF_A_WORD else ()
    return part if len(signs) <= OF_A_WORD else "".join([*signs[: OF_A_WORD * 2 // 3], "…", *signs[-OF_A_WORD // 3 :]])


def _marked(kind, parts):
    text = "".join(parts)
    if kind == SAME or not parts:
        return text
    return format_html("<del>{}</del>" if kind == GONE else "<ins>{}</ins>", text)
