"""Latin letters that a converter took for keys of the old font: WTO became ``ॅज्व्``, GATT ``ळ।ज्ज्``, D-8 ``क्.8``.

A run is a whole word made of nothing but what the capitals' keys draw. Whether it is an acronym is then told by what
Hindi can't be: a word that begins with a vowel sign, ends in two half letters or has a full stop in it. Small letters
are told by their likeness: ``ब्ववचमतंजपवद`` is ``Cooperation``.
"""

import functools
import re
import string

import regex

from apps.languages.legacy.finding import Certainty, Damage
from apps.languages.legacy.kruti_dev import HALANT, KEYS, to_keys
from apps.languages.legacy.likeness import ENGLISH, HINDI

CAPITALS = {KEYS[key]: key for key in string.ascii_uppercase if key != "Z"}
# The key Z draws a hook that is written before the letter it was typed after; at the front it stayed what it was.
HOOK = "र" + HALANT
CAPITALS |= {HOOK + drawing: key + "Z" for drawing, key in CAPITALS.items()} | {"Z": "Z"}
# Two X by the table, but G in texts that we were given: ग्ग्.77.
OTHER_G = "ग्ग्"
SIGNS = {OTHER_G: "G", KEYS["-"]: "-", KEYS["&"]: "&", KEYS["."]: ".", KEYS["/"]: "/", "&": "&", "/": "/"}
OPENING, CLOSING, COMMA, PLURAL = KEYS["("], KEYS[")"], KEYS[","], KEYS["s"]
DANDA = "।"

# Not those that are common in Hindi and rare in English.
SMALL = {KEYS[key]: key for key in string.ascii_lowercase if key not in "fjkqz"}
# The two scripts that meet here, spelt out: four times as fast as \p{L}\p{M}.
LETTER = "A-Za-z\u00c0-\u024f\u0900-\u0963\u0971-\u097f\u200c\u200d"
NOT_IN_WORD, WORD_ENDS = f"(?<![{LETTER}0-9\u0966-\u096f])", f"(?![{LETTER}])"
HALF, WHOLE = f"[\u0915-\u0939]{HALANT}", "(?:[ठळडछफट]|श्र|ज्ञ)"


def _any_of(drawings):
    """A pattern for any of ``drawings``, the longest first; what can be a set of letters is one, for speed."""
    single = [each for each in drawings if len(each) == 1]
    halves = [each for each in drawings if len(each) == 2 and each[1] == HALANT]
    others = sorted(set(drawings) - {*single, *halves}, key=len, reverse=True)
    patterns = [*map(regex.escape, others), f"[{''.join(map(regex.escape, single))}]"]
    if halves:
        patterns.insert(-1, f"[{''.join(half[0] for half in halves)}]{HALANT}")
    return "|".join(patterns)


# Converters put a space after what they take for a full stop: GA TT.
SPACED_A = rf"{DANDA}\ (?=(?:{HALF}){{2,}}+{WORD_ENDS})"
PIECE = regex.compile(rf"{DANDA}\ |{_any_of(SIGNS | CAPITALS)}|\d")
# These two read every text: the standard library's engine takes a third of the time.
SHORT_FORM = re.compile(
    rf"{NOT_IN_WORD}(?P<opening>{OPENING}?)(?P<core>(?:{SPACED_A}|{_any_of(SIGNS | CAPITALS)}|\d)++)"
    rf"(?P<plural>{PLURAL}?)(?P<comma>{COMMA}?)(?P<closing>(?:{CLOSING})?){WORD_ENDS}"
)
IMPOSSIBLE = regex.compile(
    rf"^[ैॅळ]|^{HOOK}|[{HALANT}ैॅ][ैॅZ]|{DANDA}\ ?(?=[^{DANDA}\s])|^(?:{HALF}){{2}}|(?:{HALF}){{2}}{DANDA}?$"
    rf"|{HALANT}\.?\d"
)
# Half letters that Hindi does join to these whole ones; joined otherwise they are no Hindi word.
JOINED_IN_HINDI = "च्छ|[सनलर]्[टठड]|[कपब]्ट|[सलमनतर]्फ|म्[टड]|ग्ड|र्छ"
UNLIKELY = regex.compile(
    f"(?!{JOINED_IN_HINDI}){HALF}{WHOLE}|^(?!स){HALF}{WHOLE}|(?:{HALF}|{WHOLE}){WHOLE}{HALF}$|{HALF}{DANDA}$"
)
LETTER_DOT_NUMBER = regex.compile(r"([A-Z]+)\.(?=\d)")

# A sentence doesn't begin with one of these: a full stop before it is the letter A.
GOES_ON = regex.compile(
    r"[)\]’”,]|\s+(?:का|के|की|को|में|से|ने|पर|तक|और|तथा|एवं|व|या|द्वारा|नामक|जैसे|है|हैं|था|थे|थी|भी|ही)" + WORD_ENDS
)
LATIN_COMMA = regex.compile(rf"{NOT_IN_WORD}(?:[A-Z]{{1,6}}-?\d+|[A-Z]{{2,8}}){COMMA}{WORD_ENDS}")
# Before it stands a capital or a digit, of whatever script: no space and no letter of Hindi.
COMMA_TRACE = re.compile(rf"{COMMA}(?<![\s\u0900-\u0965].)")
SMALL_WORD = re.compile(
    rf"{NOT_IN_WORD}(?P<core>(?:{_any_of(CAPITALS)}|{_any_of(SMALL)})(?:{_any_of(SMALL)}){{3,}}+)"
    rf"(?P<comma>{COMMA}?)(?P<closing>(?:{CLOSING})?){WORD_ENDS}"
)
# Natural logarithms of odds for English.
LEAST, CERTAIN = 12, 24


def find_short_forms(text):
    """Acronyms and the like: whole words of what capitals' keys draw. A year is one too, but nothing drew it."""
    length = len(text.strip())
    for found in SHORT_FORM.finditer(text):
        if not found["core"].isascii() and (run := _short_form(found, alone=len(found.group()) == length)):
            yield run


def find_latin_commas(text):
    """Acronyms that stayed Latin, their comma did not: ``G-15ए``."""
    for found in LATIN_COMMA.finditer(text):
        yield Damage(found.group(), found.start(), found.group()[: -len(COMMA)] + ",", Certainty.LIKELY)


def _short_form(found, *, alone):
    core, certainty, end = found["core"], Certainty.CERTAIN, found.end()
    if found.end("core") == end:
        core = core.rstrip(".-/&")
        end = found.start("core") + len(core)
        if core.endswith(DANDA):  # the letter A, or the sentence's end
            certainty = Certainty.LIKELY
            if not alone and not GOES_ON.match(found.string, end):
                core, end = core[: -len(DANDA)], end - len(DANDA)
    reading = _read(core)
    letters = sum(map(str.isalpha, reading))
    if letters == 0 or (letters == 1 and not regex.search(r"\d", reading)):
        return None
    if not IMPOSSIBLE.search(core):
        if letters == 1 or not UNLIKELY.search(core):
            return None
        certainty = Certainty.LIKELY
    if OTHER_G in core:
        certainty = Certainty.LIKELY
    return Damage(found.string[found.start() : end], found.start(), _dressed(reading, found), certainty)


def _read(core):
    letters = "".join((CAPITALS | SIGNS).get(piece.strip(), piece) for piece in PIECE.findall(core))
    return LETTER_DOT_NUMBER.sub(r"\1-", letters)


def _dressed(reading, found):
    """``reading`` with what stood around it: a bracket, the plural's s, a comma."""
    before = "(" if found["opening"] else ""
    return before + reading + "s" * bool(found["plural"]) + "," * bool(found["comma"]) + ")" * bool(found["closing"])


def find_latin_words(text):
    """Words in small letters, which are told by their likeness alone."""
    for found in SMALL_WORD.finditer(text):
        keys, odds = _as_english(found["core"])
        if odds >= LEAST and regex.fullmatch("[A-Z]?[a-z]+", keys):
            reading = keys + "," * bool(found["comma"]) + ")" * bool(found["closing"])
            certainty = Certainty.CERTAIN if odds >= CERTAIN else Certainty.LIKELY
            yield Damage(found.group(), found.start(), reading, certainty)


@functools.lru_cache(maxsize=1024)
def _as_english(word):
    """The keys of ``word`` and the odds that it is English. Kept: a hundred common Hindi words come here again."""
    keys = to_keys(word)
    return keys, ENGLISH.likelihood(keys.lower()) - HINDI.likelihood(word)
