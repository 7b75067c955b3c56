"""Tables as a word processor or a spreadsheet copies them: a line for each row, with tabs between its cells."""

from dataclasses import dataclass
from itertools import compress, dropwhile, groupby

import regex

from apps.topics.pasting.lines import ATX, QUOTE, fenced
from apps.topics.pasting.lists import item_of
from apps.topics.pasting.numbering import number_of

RULE = regex.compile(r"^(?=[ :|]*+-)[ :|-]++$", regex.MULTILINE)
PIPE = regex.compile(r"(?<!\\)(?=\|)")
LONGEST_HEAD = 60
DIGITS = str.maketrans("०१२३४५६७८९", "0123456789")


def with_pipes_escaped(cell):
    return PIPE.sub(r"\\", cell)


@dataclass(frozen=True)
class Table:
    """Lines ``first`` to ``last`` (indexes) are a table; ``rows`` are lists of as many cells each, the first is the
    header's.
    """

    first: int
    last: int
    rows: list

    def written(self, escape=with_pipes_escaped):
        """The table in Markdown, each cell as ``escape`` gives it."""
        lines = ["| " + " | ".join(map(escape, row)) + " |" for row in self.rows]
        rule = "|" + " --- |" * len(self.rows[0])
        return "\n".join([lines[0], rule, *lines[1:]])


def tables(lines, closed=()):
    """Every :class:`Table` in ``lines``, in order. ``closed``: the indexes of lines that are none of one.

    Two lines with as many cells make one. A tab is no table by itself: it stands after the mark of an item, after the
    number of a heading, before a line that is indented.
    """
    found = []
    rows = [[] if index in closed else _cells(line) for index, line in enumerate(lines)]
    for width, indexes in groupby(range(len(lines)), key=lambda index: len(rows[index])):
        if width > 1:
            parts = _parts([(index, rows[index]) for index in indexes])
            found += [Table(part[0][0], part[-1][0], [cells for _index, cells in part]) for part in parts]
    return found


def apart_from_tables(markdown):
    """``(text, tables)``: the ``markdown`` without its tables, and each of those, as it is written."""
    if not RULE.search(markdown):
        return markdown, []
    lines, text, found = markdown.split("\n"), [], []
    code, start = fenced(lines), 0
    for index in range(1, len(lines)):
        if index > start and index not in code and "|" in lines[index - 1] and RULE.match(lines[index]):
            end = next((after for after in range(index, len(lines)) if not lines[after].strip()), len(lines))
            text += lines[start : index - 1]
            found.append("\n".join(lines[index - 1 : end]))
            start = end
    return "\n".join([*text, *lines[start:]]), found


def lines_of(found):
    """The indexes of the lines that the tables ``found`` stand in."""
    return {index for table in found for index in range(table.first, table.last + 1)}


def _cells(line):
    if "\t" not in line or not line.strip() or ATX.match(line) or QUOTE.match(line) or line.lstrip().startswith("|"):
        return []
    item = item_of(line)
    return [] if item and item.number is None else [" ".join(cell.split()) for cell in line.split("\t")]


def _parts(rows):
    """Those of the ``rows``, ``(index, cells)`` of one width, that are tables; without columns that are empty."""
    used = [any(column) for column in zip(*(cells for _index, cells in rows), strict=True)]
    if not used[0] or sum(used) < 2:  # only indented
        return []
    rows = [(index, list(compress(cells, used))) for index, cells in rows]
    # Over the header may stand a line that is only moved to the middle.
    rows = list(dropwhile(lambda row: sum(map(bool, row[1])) < 2, rows))
    if not rows:
        return []
    parts = [rows]
    if sum(used) == 2 and not _has_numbers_in_a_column(rows):
        parts = [list(part) for is_other, part in groupby(rows, lambda row: _is_other(row[1])) if not is_other]
    return [part for part in parts if len(part) > 1]


def _has_numbers_in_a_column(rows):
    """Whether there are numbers under a name of their own: they are no marks of items or headings."""
    (_index, head), *others = rows
    numbers = [cells[0] for _index, cells in others]
    is_named = not _is_numbered(head) and all(0 < len(cell) <= LONGEST_HEAD for cell in head)
    is_counted = all(cell.strip("().").translate(DIGITS) == str(place) for place, cell in enumerate(numbers, start=1))
    return is_named and len(others) > 1 and (is_counted or all(map(str.isdecimal, numbers)))


def _is_other(cells):
    """Whether a line with one tab may be an item, a heading or indented text."""
    return not cells[0] or _is_numbered(cells)


def _is_numbered(cells):
    line = "\t".join(cells)
    return bool(number_of(line) or item_of(line))
