"""The numbers that people write before headings: ``1.``, ``1)``, ``(1)``, ``1.2``, ``1``, ``I.``, ``१.``, ``1 -``,
``(a)``, ``(ii)``, ``क.``, ``Chapter 1:``, ``अध्याय १``.
"""

from dataclasses import dataclass

import regex

PART = "(?:[0-9]{1,2}|[०-९]{1,2})"
# Not of four digits: those are years.
FIRST = "(?:[0-9]{1,3}|[०-९]{1,3})"
PATH = rf"{FIRST}(?:\.{PART})*+"
ROMAN = "(?=[IVX])X{0,3}(?:IX|IV|V?I{0,3})|(?=[ivx])x{0,3}(?:ix|iv|v?i{0,3})"
# The last is how a, b, c, d are written out in Hindi.
ALPHABETS = ("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "abcdefghijklmnopqrstuvwxyz", "कखगघङचछजझञटठडढण", "अबसद")
LETTER = "[" + "".join(ALPHABETS) + "]"
PARTS = "Chapter|Unit|Section|Part|Lesson|Module|अध्याय|इकाई|खण्ड|खंड|भाग|पाठ|अनुभाग|प्रकरण"
# "1.Heading" is common; "1.5 million" and "I.N.A." are no headings.
NUMBER = regex.compile(
    rf"\s{{0,3}}(?:"
    rf"(?P<named>(?i:{PARTS})\s*[-–]?\s*(?:(?P<n>{PATH}|{ROMAN})))(?:\s*(?P<named_mark>[.:)–—-])+\s*|\s+|$)"
    rf"|(?P<bracketed>\((?P<b>{PATH}|{ROMAN}|{LETTER})\))\s*(?=\S)"
    rf"|(?P<marked>(?P<m>{PATH})(?P<mark>[.)]))(?:\s+|(?=[\p{{L}}“‘\"']))(?=\S)"
    rf"|(?P<dashed>(?P<d>{FIRST})\s?[-–])\s+(?=\S)"
    rf"|(?P<bare>{PART}(?:\.{PART})++)\s+(?=\S)"
    rf"|(?P<alone>{FIRST})\s+(?=[\p{{Lu}}\p{{Lo}}“‘\"'])"
    rf"|(?P<sign>(?P<s>{ROMAN}|{LETTER})(?P<sign_mark>[.)]))\s+(?=\S)"
    rf")"
)
ROMAN_VALUES = {"i": 1, "v": 5, "x": 10}


@dataclass(frozen=True)
class Number:
    """A number at the start of a line: as ``written`` (without its marks), its ``path`` ((1, 2) for 1.2), the ``style``
    that the numbers of one series have in common, where the text after it begins (``end``), its ``family`` (``digits``,
    ``roman``, ``letter``, or ``named`` as a chapter is), and whether nothing marks it (``is_bare``).
    """

    written: str
    path: tuple
    style: str
    end: int
    family: str = "digits"
    is_bare: bool = False

    @property
    def depth(self):
        return len(self.path)

    @property
    def is_sure(self):
        """Whether it is a number also where no other one stands near: “1.5 million”, “A. Appadorai” may be none."""
        return not self.is_bare and self.family in {"digits", "named"}

    def is_related(self, other):
        """Whether ``other`` is the number before or after, or that of the part around or inside."""
        mine, theirs = self.path, other.path
        if mine[:-1] == theirs or mine == theirs[:-1]:
            return True
        return self.style == other.style and mine[:-1] == theirs[:-1] and abs(mine[-1] - theirs[-1]) == 1


def number_of(line):
    """The :class:`Number` that ``line`` begins with, or ``None``."""
    found = NUMBER.match(line)
    if found is None:
        return None
    if found["named"]:
        path, sort = _value(found["n"])
        word = regex.match(r"[\p{L}\p{M}]+", found["named"])[0].casefold()
        return Number(found["named"], path, f"{word} {sort}", found.end(), "named", not found["named_mark"])
    written = next(found[name] for name in ("b", "m", "d", "bare", "alone", "s") if found[name])
    path, sort = _value(written)
    family = "digits" if sort in {"1", "१"} else "roman" if sort in {"I", "i"} else "letter"
    mark = found["mark"] or found["sign_mark"] or ("-" if found["dashed"] else "()" if found["bracketed"] else " ")
    is_bare = bool(found["bare"] or found["alone"])
    return Number(written, path, sort + ("" if len(path) > 1 else mark), found.end(), family, is_bare)


def _value(written):
    """``(path, sort)``: the sort is the first sign of its kind: 1, १, I, i, A, a, क, अ."""
    if written[0].isdigit():
        return tuple(int(part) for part in written.split(".")), "1" if written[0].isascii() else "१"
    if not written.lower().strip("ivx"):
        return (_roman(written.lower()),), "I" if written.isupper() else "i"
    alphabet = next(each for each in ALPHABETS if written in each)
    return (alphabet.index(written) + 1,), alphabet[0]


def _roman(written):
    values = [ROMAN_VALUES[sign] for sign in written]
    after = [*values[1:], 0]
    return sum(-value if value < following else value for value, following in zip(values, after, strict=True))
