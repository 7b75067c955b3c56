"""Items of lists as people type them and word processors write them: ``•``, ``–``, ``१.``, ``(1)``, ``o``."""

from dataclasses import dataclass
from itertools import pairwise

import regex

# The last ones are what Word's symbol fonts leave in a plain text.
BULLETS = "•●○◦▪▫■□‣⁃∙·➢➤►▶▸✓✔✦❖◆◇\uf0b7\uf0a7\uf0d8\uf0fc\uf076\uf02d"
DIGITS = "(?:[0-9]{1,9}|[०-९]{1,3})"
ITEM = regex.compile(
    rf"(?P<indent>[^\S\n]*)(?:(?P<sure>[{BULLETS}])[^\S\n]*|(?P<word>[o§ü])(?:\t|[ ](?![ ]*[0-9०-९]))[^\S\n]*"
    rf"|(?P<dash>[-*+–—])[^\S\n]+"
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
    """The lines of a paragraph, of a list or of a table, without empty ones; ``leads`` is what each begins with in
    Markdown, and ``texts`` what follows that. A list knows the items that are open: the last one, and those it stands
    inside. Of a table this has only the lines and the ``table`` (:class:`.tables.Table`).
    """

    table = None

    def __init__(self, line):
        super().__init__([line])
        item = item_of(line)
        self.open = [(item, "")] if item else []
        self.leads = [f"{item.mark} "] if item else [""]
        self.texts = [item.text if item else line.strip()]
        self.count = 1 if item else 0

    @classmethod
    def of_table(cls, table, lines):
        block = cls(lines[table.first])
        block.extend(lines[table.first + 1 : table.last + 1])
        block.table, block.open = table, []
        return block

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
        return len(self.open) if self._is_other_bullet(item) else None

    def _is_other_bullet(self, item):
        """Whether it is one of the next deeper bullets: word processors indent them, and what is copied is not."""
        is_under_bullets = any(each.is_sure for each, _lead in self.open) and item.number is None
        is_under_number = item.is_sure and self.open[-1][0].number is not None
        return is_under_bullets or is_under_number

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
    written, bullets = [], []
    for index, line in enumerate(lines):
        item = items[index]
        if item or not (line[:1].isspace() or not line):
            bullets = _open_bullets(bullets, item)
        around = [items[place] for place in (before.get(index), after.get(index)) if place is not None]
        is_markdown = item and item.is_markdown and not bullets
        if item is None or is_markdown or not (item.is_sure or bullets or _goes_with(item, around)):
            written.append(line)
        else:
            is_inside = index in before and items[before[index]] is not None
            indent = max(item.indent if is_inside else min(item.indent, TAB - 1), 2 * len(bullets[1:]))
            written.append(f"{' ' * indent}{item.mark} {item.text}")
    return written


def _open_bullets(kinds, item):
    """The kinds of bullets that are open at ``item``, the outermost first, of a list that begins with a sure one."""
    if item is None or item.number is not None or not (kinds or item.is_sure):
        return []
    return [*(kinds[: kinds.index(item.kind)] if item.kind in kinds else kinds), item.kind]


def _goes_with(item, around):
    return any(other and (item.may_follow(other) or other.may_follow(item)) for other in around)
