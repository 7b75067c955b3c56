"""The numbers that people write before headings: ``1.``, ``1)``, ``(1)``, ``1.2``, ``I.``, ``१.``, ``1 -``."""

from dataclasses import dataclass

import regex

PART = "(?:[0-9]{1,2}|[०-९]{1,2})"
PATH = rf"{PART}(?:\.{PART})*+"
ROMAN = "(?=[IVX])X{0,3}(?:IX|IV|V?I{0,3})"
# "1.Heading" is common; "1.5 million" and "I.N.A." are no headings.
NUMBER = regex.compile(
    rf"\s{{0,3}}(?:"
    rf"(?P<bracketed>\((?P<b>{PATH}|{ROMAN})\))\s*"
    rf"|(?P<marked>(?P<m>{PATH})(?P<mark>[.)]))(?:\s+|(?=[\p{{L}}“‘\"']))"
    rf"|(?P<dashed>(?P<d>{PART})\s?[-–])\s+"
    rf"|(?P<bare>{PART}(?:\.{PART})++)\s+"
    rf"|(?P<roman>(?P<r>{ROMAN})(?P<roman_mark>[.)]))\s+"
    rf")(?=\S)"
)
ROMAN_VALUES = {"I": 1, "V": 5, "X": 10}


@dataclass(frozen=True)
class Number:
    """A number at the start of a line: as ``written`` (without its marks), its ``path`` ((1, 2) for 1.2), the ``style``
    that the numbers of one series have in common, and where the text after it begins (``end``).
    """

    written: str
    path: tuple
    style: str
    end: int

    @property
    def depth(self):
        return len(self.path)


def number_of(line):
    """The :class:`Number` that ``line`` begins with, or ``None``."""
    found = NUMBER.match(line)
    if found is None:
        return None
    written = found["b"] or found["m"] or found["d"] or found["bare"] or found["r"]
    if written[0] in ROMAN_VALUES:
        return Number(written, (_roman(written),), "I" + (found["roman_mark"] or "()"), found.end())
    path = tuple(int(part) for part in written.split("."))
    script = "1" if written[0].isascii() else "१"
    mark = "" if len(path) > 1 else found["mark"] or ("-" if found["dashed"] else "()")
    return Number(written, path, script + mark, found.end())


def _roman(written):
    values = [ROMAN_VALUES[sign] for sign in written]
    after = [*values[1:], 0]
    return sum(-value if value < following else value for value, following in zip(values, after, strict=True))
