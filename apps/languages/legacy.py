"""Damage from legacy (non-Unicode) Hindi fonts: Latin letters typed in the old font's keys and converted as if Hindi.

``ॅज्व्`` was WTO, ``ळ। ज्ज्`` was GATT, ``क्.8`` was D-8, ``ग्ग्.77`` was G-77. Editors paste such text every day.
"""

from dataclasses import dataclass

import regex

# What is known to stand behind a run; anything else is shown without a guess.
MEANINGS = [
    (regex.compile("ॅज्व्"), "WTO"),
    (regex.compile("ळ।\\s*ज्ज्"), "GATT"),
    (regex.compile("क्\\.8"), "D-8"),
    (regex.compile("न्छब्ज्।क्"), "UNCTAD"),
    (regex.compile("(?:ग्ग्\\.|ळ\\.|ळण्)77"), "G-77"),
    (regex.compile("(?:ग्ग्\\.|ळ\\.|ळण्)15"), "G-15"),
    (regex.compile("(?:ग्ग्\\.|ळ\\.|ळण्)24"), "G-24"),
]
DAMAGE = regex.compile(
    "(?<![\\p{L}\\p{M}])[\u093e-\u094d\u0900-\u0903]\\S*"  # a word can't begin with a vowel sign or a halant
    "|\\S*[\\p{L}\\p{M}]\u094d\\.\\d\\S*"  # a halant, a full stop, a digit: a hyphenated acronym
    "|(?<!\\S)ळ।\\s*\\S*"  # ळ। for GA
    "|(?<!\\S)ळ(?:\\.|ण\u094d)\\d+"  # ळ.77, ळण्15
    "|\\S*\u094d।\\p{L}\\S*"  # a halant and a danda inside one word
    "|(?<!\\S)(?:[\u0915-\u0939]\u094d){2,}(?![\\p{L}\\p{M}])"  # nothing but half consonants
    "|[A-Z][A-Za-z]?-?\\d+ए(?!\\p{M})"  # G-15ए: the old font's comma
)


@dataclass(frozen=True)
class Damage:
    """One damaged run: the ``text`` as it stands, its ``start`` (in characters), and the ``meaning`` if known,
    else ``""``.
    """

    text: str
    start: int
    meaning: str


def find_damage(text):
    """Every damaged run in ``text``, in order."""
    return [Damage(match.group(), match.start(), _meaning(match.group())) for match in DAMAGE.finditer(text or "")]


def _meaning(run):
    if run.endswith("ए") and run[0].isascii():
        return run[:-1] + ","
    return next((meaning for pattern, meaning in MEANINGS if pattern.search(run)), "")
