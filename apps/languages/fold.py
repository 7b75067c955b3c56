"""Folding: the one form in which two spellings of the same word are equal, for search and for comparing."""

import unicodedata

import regex

ZERO_WIDTH = regex.compile("[\u200b-\u200f\u2060\ufeff\u00ad]")
NUKTA = "\u093c"
CANDRABINDU, ANUSVARA = "\u0901", "\u0902"
# A half nasal before a consonant of its own class is the long way to write an anusvara: हिन्दी, हिंदी.
NASAL_BEFORE_ITS_CLASS = regex.compile(
    "\u0919\u094d(?=[\u0915-\u0918])"  # ङ् before क ख ग घ
    "|\u091e\u094d(?=[\u091a-\u091d])"  # ञ् before च छ ज झ
    "|\u0923\u094d(?=[\u091f-\u0922])"  # ण् before ट ठ ड ढ
    "|\u0928\u094d(?=[\u0924-\u0927])"  # न् before त थ द ध
    "|\u092e\u094d(?=[\u092a-\u092d])"  # म् before प फ ब भ
)
# अंतर्राष्ट्रीय and अंतरराष्ट्रीय: half र before र, or a whole one.
HALF_RA_BEFORE_RA = "\u0930\u094d\u0930"
ASCII_DIGITS = {0x0966 + digit: str(digit) for digit in range(10)}
HYPHENS = regex.compile(r"\p{Pd}+")
SPACE = regex.compile(r"\s+")
NOT_A_WORD = regex.compile(r"[^\p{L}\p{M}\p{N}]+")
# G77, G-77 and G 77 are one name.
LETTER_MEETS_DIGIT = regex.compile(r"(?<=[\p{L}\p{M}])(?=\p{N})|(?<=\p{N})(?=[\p{L}\p{M}])")
# So short a Latin word is an acronym: NAM is not the beginning of "name".
ACRONYM = regex.compile(r"[a-z]{1,3}")
MOST_WORDS = 8


def fold(text):
    """``text`` without the differences that a reader's spelling may have: case, nukta, joiners, nasals, digits, dashes.

    Applied to both sides of every comparison, never shown. Lone surrogates and NUL bytes, which no database takes, go.
    """
    text = text.replace("\x00", " ").encode("utf-8", "ignore").decode("utf-8")
    text = unicodedata.normalize("NFD", text).casefold()
    text = "".join(letter for letter in text if not "\u0300" <= letter <= "\u036f")  # Latin accents: Nyéréré, Nyerere
    text = ZERO_WIDTH.sub("", text).replace(NUKTA, "")
    text = unicodedata.normalize("NFC", text)
    text = NASAL_BEFORE_ITS_CLASS.sub(ANUSVARA, text).replace(CANDRABINDU, ANUSVARA)
    text = text.replace(HALF_RA_BEFORE_RA, "\u0930\u0930")
    text = HYPHENS.sub("-", text.translate(ASCII_DIGITS))
    return SPACE.sub(" ", text).strip()


def word_key(text):
    """The folded words of ``text`` with one space before and after each: ``" g 77 met "``. What search compares."""
    words = LETTER_MEETS_DIGIT.sub(" ", NOT_A_WORD.sub(" ", fold(text))).split()
    return f" {' '.join(words)} "


def word_patterns(query):
    """What has to stand in a :func:`word_key`, one for each word of ``query`` (at most :data:`MOST_WORDS`).

    A word stands for every word that begins with it, an acronym for itself only; ``G-77`` is one word of two parts.
    Empty where there is nothing to look for.
    """
    keys = [word_key(word).strip() for word in query.split()]
    return [f" {key} " if ACRONYM.fullmatch(key) else f" {key}" for key in keys if key][:MOST_WORDS]
