"""Items of lists as people type them and word processors write them: ``•``, ``–``, ``१.``, ``(1)``, ``o`` and a tab."""

from dataclasses import dataclass
from itertools import pairwise

import regex

# The last ones are what Word's symbol fonts leave in a plain text.
BULLETS = "•●○◦▪▫■□‣⁃∙·➢➤►▶▸✓✔✦❖◆◇\uf0b7\uf0a7\uf0d8\uf0fc\uf076\uf02d"
DIGITS = "(?:[0-9]{1,9}|[०-९]{1,3})"
ITEM = regex.compile(
    rf"(?P<indent>[^\S\n]*)(?:(?P<sure>[{BULLETS}])[^\S\n]*|(?P<word>[o§ü])\t[^\S\n]*|(?P<dash>[-*+–—])[^\S\n]+"
    rf"|\((?P<bracketed>{DIGITS})\)[^\S\n]*|(?P<number>{DIGITS})(?P<mark>[.)])[^\S\n]+)(?=\S)"
)
TAB, DEEPEST = 4, 6


@dataclass(frozen=True)
class Item:
    """One line of a list: how far it is indented, the ``kind`` of its mark, its ``number`` (``None``: a bullet), and
    its ``text``. ``is_sure``: it is an item also where no other stands near. ``is_markdown``: its mark is one of it.
    """

    indent: int
    kind: str
    number: int | None
    text: str
    is_sure: bool
    is_markdown: bool

    @property
    def mark(self):
        """Its mark in Markdown."""
        return "-" if self.number is None else f"{self.number}{self.kind[-1]}"

    def may_follow(self, other):
        """Whether it is the next of the list in which ``other`` stands, if that is not indented otherwise."""
        return self.kind == other.kind and (self.number is None or self.number == other.number + 1)


def item_of(line):
    """The :class:`Item` that ``line`` is, or ``None``."""
    found = ITEM.match(line)
    if found is None:
        return None
    indent, text = len(found["indent"].expandtabs(TAB)), line[found.end() :].strip()
    written = found["bracketed"] or found["number"]
    if written is None:
        mark = found["sure"] or found["word"] or found["dash"]
        return Item(indent, mark, None, text, bool(found["sure"]), mark in "-*+")
    kind = ("१" if written[0] > "9" else "1") + (found["mark"] or "()")
    return Item(indent, kind, int(written), text, False, bool(found["number"]) and written[0] <= "9")


class Block(list):
    """The lines of a paragraph or of a list, without empty ones; ``leads`` is what each begins with in Markdown, and
    ``texts`` what follows that. A list knows the items that are open: the last one, and those it stands inside.
    """

    def __init__(self, line):
        super().__init__([line])
        item = item_of(line)
        self.open = [(item, "")] if item else []
        self.leads = [f"{item.mark} "] if item else [""]
        self.texts = [item.text if item else line.strip()]
        self.count = 1 if item else 0

    @property
    def is_list(self):
        return self.count > 1 or bool(self.open and self.open[0][0].is_sure)

    def takes(self, line):
        """Whether ``line`` is the next item of this list; then it is taken in."""
        item = item_of(line) if self.open else None
        if item is None:
            return False
        place = self._place(item)
        if place is None or place == DEEPEST:
            return False
        if place == len(self.open):
            around, lead = self.open[-1]
            lead += " " * (len(around.mark) + 1)
        else:
            lead = self.open[place][1]
        self.open[place:] = [(item, lead)]
        self._add(line, f"{lead}{item.mark} ", item.text)
        self.count += 1
        return True

    def go_on(self, line):
        """Takes ``line`` in as more of the paragraph or of the item before it."""
        lead = ""
        if self.open:
            item, lead = self.open[-1]
            lead += " " * (len(item.mark) + 1)
        self._add(line, lead, line.strip())

    def _add(self, line, lead, text):
        self.append(line)
        self.leads.append(lead)
        self.texts.append(text)

    def _place(self, item):
        """Where among the open items it goes on; their number: inside the last; ``None``: nowhere."""
        last = self.open[-1][0]
        if item.indent > last.indent + 1 and item.number in {None, 1} and self._may_hold(item):
            return len(self.open)
        for place in reversed(range(len(self.open))):
            other = self.open[place][0]
            if item.may_follow(other) and item.indent <= other.indent + 1:
                return place
        is_other_bullet = last.is_sure and item.number is None and item.kind != last.kind
        return len(self.open) if is_other_bullet else None

    def _may_hold(self, item):
        return self.is_list or not item.may_follow(self.open[-1][0])


def mended(lines, closed):
    """``lines`` of Markdown in which the marks of lists that Markdown does not know are those it knows. ``closed``: the
    indexes of lines that stay as they are.
    """
    items = [None if index in closed else item_of(line) for index, line in enumerate(lines)]
    filled = [index for index, line in enumerate(lines) if line.strip()]
    after = dict(pairwise(filled))
    before = {later: earlier for earlier, later in after.items()}
    written = []
    for index, line in enumerate(lines):
        item = items[index]
        around = [items[place] for place in (before.get(index), after.get(index)) if place is not None]
        if item is None or item.is_markdown or not (item.is_sure or _goes_with(item, around)):
            written.append(line)
        else:
            is_inside = index in before and items[before[index]] is not None
            indent = " " * (item.indent if is_inside else min(item.indent, TAB - 1))
            written.append(f"{indent}{item.mark} {item.text}")
    return written


def _goes_with(item, around):
    return any(other and (item.may_follow(other) or other.may_follow(item)) for other in around)
