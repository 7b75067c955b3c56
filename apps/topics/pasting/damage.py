"""What an old font did to a pasted text, at its place; and the text with the readings that somebody accepted."""

from collections import defaultdict
from dataclasses import dataclass

from apps.languages.graphemes import clusters
from apps.languages.legacy import Certainty, Damage, find_damage
from apps.languages.signs import HIDDEN

AROUND = 24  # signs of the line on each side
WINDOW = 8 * AROUND  # characters that are looked at for them


@dataclass(frozen=True)
class Place:
    """One damaged ``run``, the number of its ``line``, and what stands ``before`` and ``after`` it there."""

    run: Damage
    line: int
    before: str
    after: str

    @property
    def key(self):
        """What it is ticked by."""
        return str(self.run.start)

    @property
    def is_certain(self):
        return bool(self.run.reading) and self.run.certainty == Certainty.CERTAIN


def places(text):
    """Every damaged run of ``text``, in order, as :class:`Place`."""
    found, line, start = [], 1, 0
    for run in find_damage(text):
        line, start = line + text.count("\n", start, run.start), run.start
        found.append(Place(run, line, _before(text, run.start), _after(text, run.end)))
    return found


def by_section(found, note):
    """``{the line a section starts at: its places}``; 0 stands for what comes before the first one."""
    starts = [section.start_line for section in note.sections]
    grouped = defaultdict(list)
    for place in found:
        grouped[max((start for start in starts if start <= place.line), default=0)].append(place)
    return grouped


def repaired(text, keys):
    """``text`` with the readings of those certain places whose keys are in ``keys``. No line comes or goes."""
    parts, end = [], 0
    for place in places(text):
        if place.is_certain and place.key in keys:
            parts += [text[end : place.run.start], place.run.reading]
            end = place.run.end
    return "".join([*parts, text[end:]])


def without_hidden_signs(text):
    return HIDDEN.sub("", text)


def count_hidden_signs(text):
    return len(HIDDEN.findall(text))


def _before(text, start):
    window = text[max(start - WINDOW, 0) : start]
    line = window.rsplit("\n", 1)[-1]
    signs = clusters(line)
    is_whole = len(signs) <= AROUND and (len(line) < len(window) or start <= WINDOW)
    return line if is_whole else "…" + "".join(signs[-AROUND:])


def _after(text, end):
    window = text[end : end + WINDOW]
    line = window.split("\n", 1)[0]
    signs = clusters(line)
    is_whole = len(signs) <= AROUND and (len(line) < len(window) or end + WINDOW >= len(text))
    return line if is_whole else "".join(signs[:AROUND]) + "…"
