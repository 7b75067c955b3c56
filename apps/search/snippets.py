"""The piece of the original text around what was found, cut between words, the found words marked."""

from dataclasses import dataclass

from apps.languages.fold import word_key
from apps.languages.graphemes import WORD

WORDS_BEFORE, WORDS_SHOWN = 8, 34


@dataclass(frozen=True)
class Snippet:
    """``pieces``: (text, is it a found word) in order. ``words_shown``: how many different words of the query
    it shows.
    """

    pieces: tuple
    words_shown: int


def snippet(texts, patterns):
    """The :class:`Snippet` of the one of ``texts`` (plain) that shows most of ``patterns``
    (:func:`~apps.languages.fold.word_patterns`); of two that show as many, the one that says more.
    """
    candidates = [_snippet(" ".join(text.split()), patterns) for text in texts if text]
    return max(candidates, key=lambda each: (each.words_shown, len(each.pieces)), default=Snippet((), 0))


def _snippet(text, patterns):
    spans = [match.span() for match in WORD.finditer(text)]
    hits = [[each for each in patterns if each in word_key(text[start:end])] for start, end in spans]
    first = next((place for place, found in enumerate(hits) if found), None)
    if first is None:
        return Snippet(((text[: spans[WORDS_SHOWN - 1][1]] + "…" if len(spans) > WORDS_SHOWN else text, False),), 0)
    begin = max(first - WORDS_BEFORE, 0)
    shown = range(begin, min(begin + WORDS_SHOWN, len(spans)))
    pieces, end = [], spans[begin][0] if begin else 0
    if begin:
        pieces.append(("… ", False))
    for place in shown:
        start, stop = spans[place]
        pieces += [(text[end:start], False), (text[start:stop], bool(hits[place]))]
        end = stop
    pieces.append(("…" if shown.stop < len(spans) else text[end:], False))
    different = {word for place in shown for word in hits[place]}
    return Snippet(tuple(piece for piece in pieces if piece[0]), len(different))
