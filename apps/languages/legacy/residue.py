"""What a careless converter leaves inside Hindi words: two signs where one belongs (``अौर``, ``कि्रया``), or a sign
with no letter to stand on. No word of Hindi is written so.
"""

import re

import regex

from apps.languages.legacy.finding import Certainty, Damage
from apps.languages.legacy.kruti_dev import HALANT, JOINS, to_keys

# Sets, without their brackets.
VOWEL, SIGN, NASAL = "\u0904-\u0914", "\u093e-\u0943\u0945\u0947-\u0949\u094b\u094c", "\u0900-\u0903"
# अॅ is a letter of Marathi. This reads every text: where a set comes first, the standard library's engine is faster.
BROKEN = re.compile(f"[{VOWEL}{SIGN}{HALANT}][{SIGN}{HALANT}](?<!अॅ)")
ORPHAN = regex.compile(rf"[{NASAL}{SIGN}{HALANT}](?<![^\s(\[“‘\"'—–-].)[\p{{L}}\p{{M}}]++", regex.DOTALL)
# The sign, and what it has before it at a word's beginning.
ORPHAN_TRACE = re.compile(rf"[\s(\[“‘\"'—–-][{NASAL}{SIGN}{HALANT}]")
WORD = regex.compile(r"[\p{L}\p{M}\u200c\u200d]+")
MENDED = [
    *[(regex.compile(drawn), written) for drawn, written in JOINS],
    (regex.compile("इ्र"), "ई"),  # the key Z taken for the key z
    (regex.compile("आे|अाे"), "ओ"),
    (regex.compile("आै|अाै"), "औ"),
    (regex.compile("आॅ"), "ऑ"),
    (regex.compile("ाे|ेा"), "ो"),
    (regex.compile("ाै|ैा"), "ौ"),
    (regex.compile("ाॅ"), "ॉ"),
    (regex.compile(f"ि{HALANT}([क-ह]\u093c?)"), rf"{HALANT}\1ि"),
    (regex.compile(f"([{SIGN}])\\1"), r"\1"),
]
YEARS = regex.compile(r"(?<![\d.])((?:1[89]|20)\d\d)\.(\d\d)(?![\d.])")
YEARS_TRACE = re.compile(r"\.(?<=[12]...\.)")
DEVANAGARI = regex.compile("[\u0904-\u0939]")


def find_orphans(text):
    """Words that begin with a sign."""
    for found in ORPHAN.finditer(text):
        keys = to_keys(found.group())
        reading = keys if regex.fullmatch("[A-Z]?[a-z]+", keys) else ""
        yield Damage(found.group(), found.start(), reading, Certainty.UNSURE)


def find_years(text):
    """Pairs of years, in a Hindi text, with the hyphen converted: ``1996.97``."""
    if DEVANAGARI.search(text):
        for found in YEARS.finditer(text):
            if int(found[2]) == (int(found[1]) + 1) % 100:
                yield Damage(found.group(), found.start(), f"{found[1]}-{found[2]}", Certainty.UNSURE)


def find_broken_words(text):
    """Words with two signs where one belongs."""
    done = 0
    for found in BROKEN.finditer(text):
        if found.start() < done:
            continue
        start = found.start()
        while start > done and WORD.match(text[start - 1]):
            start -= 1
        done = WORD.match(text, start).end()
        word = text[start:done]
        mended = _mended(word)
        yield Damage(word, start, mended, Certainty.LIKELY if mended else Certainty.UNSURE)


def _mended(word):
    for broken, whole in MENDED:
        word = broken.sub(whole, word)
    return "" if BROKEN.search(word) or ORPHAN.match(word) else word
