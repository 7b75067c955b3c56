"""Whether a translation keeps what its source's Markdown is built of, and whether its own emphasis holds."""

from bisect import bisect_left
from functools import cached_property
from itertools import accumulate
from threading import local

import regex
from django.utils.translation import gettext

from apps.content.text import parser
from apps.translations.findings import FILLER, found

LEFTOVER = regex.compile(r"(?<=\S)\*+|\*+(?=\S)")
# A closing ** after a sign and before a letter does not close, an opening one after a letter and before a sign does not
# open: rules of CommonMark that Hindi, which writes its endings on, meets often.
TRAP = regex.compile(
    r"(\*\*?)(?=[^\s*])[^*\n]*?[\p{P}\p{S}]\1(?=[\p{L}\p{M}\p{N}])"
    r"|[\p{L}\p{M}\p{N}](\*\*?)(?=[\p{P}\p{S}])[^*\n]+\2"
)
FIRST_WORD = regex.compile(r"\s*\S*")


class _Reader(local):
    """One for each thread, as they may not share it; to make one takes as long as to parse a text."""

    @cached_property
    def parser(self):
        return parser().disable("text_join")


_reader = _Reader()


def parsed(*texts):
    """The tokens of each text. Without text_join a leftover asterisk is still a piece of its own."""
    return [_reader.parser.parse(text) for text in texts]


def check(old, new, target):
    """``old`` and ``new``: the tokens of the source and of ``target``."""
    wanted, there = _parts(old), _parts(new)
    return [*_outline(wanted, there, target), *_emphasis(old, new, target)]


def _outline(wanted, there, target):
    messages = {
        "headings": gettext("Near “%(excerpt)s”: the headings are %(here)s, in the source %(source)s."),
        "lists": gettext("Near “%(excerpt)s”: the lists have %(here)s points, in the source %(source)s."),
        "tables": gettext("Near “%(excerpt)s”: the tables have %(here)s rows and columns, in the source %(source)s."),
        "quotations": gettext("Near “%(excerpt)s”: there are %(here)s quotations, in the source %(source)s."),
        "terms": gettext("Near “%(excerpt)s”: there are %(here)s explained terms, in the source %(source)s."),
    }
    findings = []
    for kind, message in messages.items():
        before, after = ([what for what, _line in side[kind]] for side in (wanted, there))
        if before != after:
            span = _line(target, _first_difference(wanted[kind], there[kind]))
            findings.append(found(kind, message, target, *span, source=_listed(before), here=_listed(after)))
    return findings


def _parts(tokens):
    """``{"lists": [("3", first line), …], …}``: each part by what must be the same, in the order of the text."""
    parts = {"headings": [], "lists": [], "tables": [], "quotations": [], "terms": []}
    for place, token in enumerate(tokens):
        if token.type == "heading_open":
            kind, what = "headings", "#" * int(token.tag[1])
        elif token.type in {"bullet_list_open", "ordered_list_open"}:
            kind, what = "lists", str(_inside(tokens, place, "list_item_open", 1))
        elif token.type == "table_open":
            kind, what = "tables", f"{_inside(tokens, place, 'tr_open', 2)} × {_inside(tokens, place, 'th_open', 3)}"
        elif token.type in {"blockquote_open", "dt_open"}:
            kind, what = ("quotations" if token.type == "blockquote_open" else "terms"), ""
        else:
            continue
        parts[kind].append((what, token.map[0] if token.map else 0))
    return parts


def _inside(tokens, place, kind, depth):
    """How many tokens of ``kind`` stand in the block that opens at ``place``, ``depth`` levels further in."""
    level, count = tokens[place].level, 0
    for token in tokens[place + 1 :]:
        if token.level == level:
            break
        count += token.type == kind and token.level == level + depth
    return count


def _listed(parts):
    return ", ".join(parts) if any(parts) else str(len(parts))


def _first_difference(wanted, there):
    """The line of the first part in the translation that is not as in the source, ``None`` for one that is missing."""
    for place, (what, line) in enumerate(there):
        if place >= len(wanted) or wanted[place][0] != what:
            return line
    return None


def _line(text, number):
    """The span of the first word of a line; of the last line where there is no such line."""
    lines = text.splitlines(keepends=True)
    if number is None or number >= len(lines):
        number = max((place for place, line in enumerate(lines) if line.strip()), default=0)
    start = sum(map(len, lines[:number]))
    return FIRST_WORD.match(text, start).span()


def _emphasis(old, new, target):
    """Asterisks that a reader would see; not where the source has them too."""
    leftover = _leftover(new)
    if len(leftover) <= len(_leftover(old)):
        return []
    trap = gettext("“%(excerpt)s” will not be bold. Put the punctuation outside the asterisks: **word**।")
    message = gettext("The asterisks in “%(excerpt)s” have no partner: readers will see them.")
    lines = [0, *accumulate(map(len, target.splitlines(keepends=True)))]
    traps, asterisks = ([match.span() for match in sign.finditer(target)] for sign in (TRAP, LEFTOVER))
    findings = []
    for number in leftover:
        start = lines[min(number, len(lines) - 1)]
        span = _first_from(traps, start)
        code, words = ("bold_trap", trap) if span else ("emphasis", message)
        findings.append(found(code, words, target, *(span or _first_from(asterisks, start) or (start, start))))
    return findings


def _first_from(spans, start):
    """The first of ``spans`` (in their order) that begins at ``start`` or after it, else None."""
    place = bisect_left(spans, (start,))
    return spans[place] if place < len(spans) else None


def _leftover(tokens):
    """The first lines of the paragraphs in which asterisks are left over."""
    return [
        token.map[0] if token.map else 0
        for token in tokens
        if token.type == "inline" and LEFTOVER.search("".join(map(_shown, token.children)))
    ]


def _shown(child):
    return child.content if child.type == "text" else " " if child.type.endswith("break") else FILLER
