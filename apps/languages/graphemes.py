"""Cutting and counting text as a reader sees it: by grapheme cluster and by word, never by code point."""

import regex

# A word is letters with their marks: Python's \w leaves the vowel signs of Hindi out.
WORD = regex.compile(r"[\p{L}\p{N}][\p{L}\p{M}\p{N}\u200c\u200d'’-]*")


def clusters(text):
    """The grapheme clusters of ``text`` (UAX 29): what a reader counts as one sign. ``क्षि`` is one."""
    return regex.findall(r"\X", text)


def words(text):
    """The words of ``text``, each whole."""
    return WORD.findall(text)


def shorten(text, length):
    """``text`` in at most ``length`` clusters, cut between words where that leaves enough, an ellipsis at the cut."""
    text = " ".join(text.split())
    signs = clusters(text)
    if len(signs) <= length:
        return text
    cut = "".join(signs[: length - 1])
    at_word = cut.rsplit(" ", 1)[0]
    if len(clusters(at_word)) > length // 2:
        cut = at_word
    return cut.rstrip(" ,;:–—-") + "…"
