"""What changed between two texts, word by word; never a cut through a Hindi sign, never longer than it is given."""

import re
import time

from diff_match_patch import diff_match_patch
from django.utils.html import format_html, format_html_join

SECONDS_FOR_A_CELL = 0.1
SECONDS_FOR_A_PAGE = 2
# Words and gaps: of unchanged text on each side of a change, of a text that is all new or all gone, and in all.
AROUND = 12
WHOLE = 120
COMPARED = 50_000
PARTS = re.compile(r"\s+|\S+")
# Each word becomes one character from here on, which is what diff-match-patch compares.
FIRST_SIGN = 0xF0000


class Differences:
    """The differences of one page: once its time is used up, the rest is shown as the old text and the new one."""

    def __init__(self, seconds=SECONDS_FOR_A_PAGE):
        self.end = time.monotonic() + seconds

    def html(self, before, after):
        """``before`` and ``after`` as one text with ``<del>`` and ``<ins>``, long unchanged stretches left out."""
        old, new = PARTS.findall(before), PARTS.findall(after)
        seconds = min(SECONDS_FOR_A_CELL, self.end - time.monotonic())
        if old and new and seconds > 0 and len(old) + len(new) <= COMPARED:
            pieces = _compared(old, new, seconds)
        else:
            pieces = [(-1, _opening(old)), (1, _opening(new))]
        last = len(pieces) - 1
        shown = [_marked(kind, words, place == 0, place == last) for place, (kind, words) in enumerate(pieces)]
        return format_html_join("", "{}", [(each,) for each in shown])


def _compared(old, new, seconds):
    """``[(-1, 0 or 1, words), …]``: gone, the same, new."""
    words = list(dict.fromkeys([*old, *new]))
    signs = {word: chr(FIRST_SIGN + place) for place, word in enumerate(words)}
    comparer = diff_match_patch()
    comparer.Diff_Timeout = seconds
    pieces = comparer.diff_main(*("".join(signs[word] for word in text) for text in (old, new)), False)
    return [(kind, [words[ord(sign) - FIRST_SIGN] for sign in piece]) for kind, piece in pieces]


def _opening(words):
    return words if len(words) <= WHOLE else [*words[:WHOLE], "…"]


def _marked(kind, words, first, last):
    if kind == 0:
        head, tail = ([] if first else words[:AROUND]), ([] if last else words[-AROUND:])
        return "".join([*head, " … ", *tail] if len(head) + len(tail) < len(words) else words)
    if not words:
        return ""
    return format_html("<del>{}</del>" if kind < 0 else "<ins>{}</ins>", "".join(words))
