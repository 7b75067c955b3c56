"""Numbers as words: ``Group of Fifteen`` and ``समूह-15`` say the same."""

from functools import lru_cache

import regex

from apps.languages.fold import fold

HINDI = (
    "शून्य एक दो तीन चार पाँच छह सात आठ नौ दस ग्यारह बारह तेरह चौदह पन्द्रह सोलह सत्रह अठारह उन्नीस "
    "बीस इक्कीस बाईस तेईस चौबीस पच्चीस छब्बीस सत्ताईस अट्ठाईस उनतीस तीस इकतीस बत्तीस तैंतीस चौंतीस पैंतीस छत्तीस सैंतीस अड़तीस "
    "उनतालीस चालीस इकतालीस बयालीस तैंतालीस चवालीस पैंतालीस छियालीस सैंतालीस अड़तालीस उनचास पचास इक्यावन बावन तिरपन चौवन पचपन "
    "छप्पन सत्तावन अट्ठावन उनसठ साठ इकसठ बासठ तिरसठ चौंसठ पैंसठ छियासठ सड़सठ अड़सठ उनहत्तर सत्तर इकहत्तर बहत्तर तिहत्तर चौहत्तर "
    "पचहत्तर छिहत्तर सतहत्तर अठहत्तर उनासी अस्सी इक्यासी बयासी तिरासी चौरासी पचासी छियासी सतासी अठासी नवासी नब्बे इक्यानवे बानवे "
    "तिरानवे चौरानवे पचानवे छियानवे सत्तानवे अट्ठानवे निन्यानवे सौ"
)
HINDI_FURTHER = {
    1: "पहला पहली पहले प्रथम एकमात्र", 2: "दूसरा दूसरी दूसरे द्वितीय दोनों", 3: "तीसरा तीसरी तीसरे तृतीय तीनों",
    4: "चौथा चौथी चौथे चतुर्थ चारों", 5: "पाँचों पंचम", 6: "छः छै छठा छठी छठे छहों षष्ठ", 7: "सप्तम", 8: "अष्टम",
    9: "नवाँ नवीं नवें नवम", 10: "दशम दसों", 15: "पंद्रह", 18: "अट्ठारह", 22: "बाइस", 23: "तेइस", 27: "सत्ताइस",
    28: "अट्ठाइस अठाईस अठाइस", 1000: "हज़ार", 100_000: "लाख", 10_000_000: "करोड़", 1_000_000_000: "अरब",
}  # fmt: skip
UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
)
ORDINALS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
    "fifteenth sixteenth seventeenth eighteenth nineteenth"
)
TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
ENGLISH_FURTHER = {
    1: "once", 2: "both twice", 12: "dozen", 100: "hundred", 1000: "thousand", 100_000: "lakh", 1_000_000: "million",
    10_000_000: "crore", 1_000_000_000: "billion",
}  # fmt: skip


def _english():
    units, ordinals = UNITS.split(), ORDINALS.split()
    words = {word: number for number, word in enumerate(units)}
    words |= {word: number for number, word in enumerate(ordinals, start=1)}
    for number, ten in enumerate(TENS.split(), start=2):
        words |= {ten: 10 * number, f"{ten[:-1]}ieth": 10 * number, f"{ten[:-1]}ies": 10 * number}
        words |= {f"{ten}-{units[unit]}": 10 * number + unit for unit in range(1, 10)}
        words |= {f"{ten}-{ordinals[unit - 1]}": 10 * number + unit for unit in range(1, 10)}
    return words | _further(ENGLISH_FURTHER)


def _hindi():
    words = {fold(word): number for number, word in enumerate(HINDI.split())}
    ordinals = {word + fold(ending): number for word, number in words.items() for ending in ("वाँ", "वीं", "वें")}
    return words | ordinals | _further(HINDI_FURTHER)


def _further(listed):
    return {fold(word): number for number, words in listed.items() for word in words.split()}


# {language: {folded word: number}}; a language without a list is compared by its digits alone.
WORDS = {"en": _english(), "hi": _hindi()}
# What multiplies the number before it: 10 लाख is 1 million.
SCALES = {
    language: {word: number for word, number in words.items() if number >= 1000} for language, words in WORDS.items()
}
ROMAN = {"II": 2, "III": 3, "IV": 4, "V": 5, "VI": 6, "VII": 7, "VIII": 8, "IX": 9, "X": 10, "XI": 11, "XII": 12,
         "XIII": 13, "XIV": 14, "XV": 15, "XVI": 16, "XVII": 17, "XVIII": 18, "XIX": 19, "XX": 20}  # fmt: skip
# Signs of a word that may be a number.
LONGEST_WORD = 40
WORD = regex.compile(r"\p{L}[\p{L}\p{M}\u200c\u200d]*(?:-\p{L}[\p{L}\p{M}]*)*")


def spelt_out(text, language):
    """``[(number, start, end), …]``: what stands in ``text`` as a word or a Roman numeral."""
    known, found = WORDS.get(language, {}), []
    for match in WORD.finditer(text):
        for word, start in _whole_and_parts(match):
            number = ROMAN.get(word) or (known.get(_folded(word)) if len(word) <= LONGEST_WORD else None)
            if number is not None:
                found.append((number, start, start + len(word)))
                if word == match.group():
                    break
    return found


@lru_cache(maxsize=10_000)
def _folded(word):
    """A sheet has thousands of texts, and most of their words again and again."""
    return fold(word)


def _whole_and_parts(match):
    """``twenty-eight`` itself, then what its hyphens join: ``South``, ``South`` or ``समूह``, ``पन्द्रह``."""
    yield match.group(), match.start()
    if "-" in match.group():
        start = match.start()
        for part in match.group().split("-"):
            yield part, start
            start += len(part) + 1
