"""Folding: the one form in which two spellings of the same word are equal, for search and for comparing."""

import re
import unicodedata

import regex

# What is not compared: Latin accents (Nyéréré, Nyerere), signs without width, the nukta.
LEFT_OUT = re.compile("[\u0300-\u036f\u200b-\u200f\u2060\ufeff\u00ad\u093c]+")
CANDRABINDU, ANUSVARA = "\u0901", "\u0902"
# A half nasal before a consonant of its own class is the long way to write an anusvara: हिन्दी, हिंदी.
NASAL_BEFORE_ITS_CLASS = re.compile(
    "\u0919\u094d(?=[\u0915-\u0918])"  # ङ् before क ख ग घ
    "|\u091e\u094d(?=[\u091a-\u091d])"  # ञ् before च छ ज झ
    "|\u0923\u094d(?=[\u091f-\u0922])"  # ण् before ट ठ ड ढ
    "|\u0928\u094d(?=[\u0924-\u0927])"  # न् before त थ द ध
    "|\u092e\u094d(?=[\u092a-\u092d])"  # म् before प फ ब भ
)
# अंतर्राष्ट्रीय and अंतरराष्ट्रीय: half र before र, or a whole one.
HALF_RA_BEFORE_RA = "\u0930\u094d\u0930"
ASCII_DIGITS = {0x0966 + digit: str(digit) for digit in range(10)}
A_HINDI_DIGIT = re.compile("[\u0966-\u096f]")
# \p{Pd} and \s of Unicode, spelt out for the faster engine. One space alone stays as it is.
HYPHENS = re.compile(
    "[-\u058a\u05be\u1400\u1806\u2010-\u2015\u2e17\u2e1a\u2e3a\u2e3b\u2e40\u2e5d\u301c\u3030\u30a0\ufe31\ufe32"
    "\ufe58\ufe63\uff0d\U00010d6e\U00010ead]+"
)
BLANK = "\t-\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
SPACE = re.compile(f"[{BLANK}](?:[{BLANK}]+|(?<! ))")

# What a word is made of: letters and their marks, and numbers.
NOT_A_WORD = regex.compile(r"[^\p{L}\p{M}\p{N}]+")
# G77, G-77 and G 77 are one name.
LETTER_MEETS_DIGIT = regex.compile(r"(?<=[\p{L}\p{M}])(?=\p{N})|(?<=\p{N})(?=[\p{L}\p{M}])")
# The same spelt out for the signs of nearly every text, which the standard library's engine reads ten times as fast:
# Latin, Devanagari, punctuation.
COMMON = "\0-\u024f\u0900-\u097f\u2000-\u206f"
LETTERS = "A-Za-z\xaa\xb5\xba\xc0-\xd6\xd8-\xf6\xf8-\u024f\u0900-\u0963\u0971-\u097f"
NUMBERS = "0-9\xb2\xb3\xb9\xbc-\xbe\u0966-\u096f"
UNCOMMON = re.compile(f"[^{COMMON}]")
BETWEEN_WORDS = re.compile(rf"[^\s{LETTERS}{NUMBERS}]+")
NUMBER_AT_LETTER = re.compile(
    f"[{NUMBERS}](?<![{NUMBERS}].)(?:(?<=[{LETTERS}].)[{NUMBERS}]*+|[{NUMBERS}]*+(?=[{LETTERS}]))"
)

# So short a Latin word is an acronym: NAM is not the beginning of "name".
ACRONYM = regex.compile(r"[a-z]{1,3}")
MOST_WORDS = 8


def fold(text):
    """``text`` without the differences that a reader's spelling may have: case, nukta, joiners, nasals, digits, dashes.

    Applied to both sides of every comparison, never shown. Lone surrogates and NUL bytes, which no database takes, go.
    """
    return SPACE.sub(" ", HYPHENS.sub("-", _fold_letters(text))).strip()


def _fold_letters(text):
    """:func:`fold` but for what stands between words."""
    text = text.replace("\x00", " ").encode("utf-8", "ignore").decode("utf-8")
    text = unicodedata.normalize("NFD", text).casefold()
    text = unicodedata.normalize("NFC", LEFT_OUT.sub("", text))
    text = NASAL_BEFORE_ITS_CLASS.sub(ANUSVARA, text).replace(CANDRABINDU, ANUSVARA)
    text = text.replace(HALF_RA_BEFORE_RA, "\u0930\u0930")
    return text.translate(ASCII_DIGITS) if A_HINDI_DIGIT.search(text) else text  # a slow way over every letter


def word_key(text):
    """The folded words of ``text`` with one space before and after each: ``" g 77 met "``. What search compares."""
    text = _fold_letters(text)
    if UNCOMMON.search(text):
        text = LETTER_MEETS_DIGIT.sub(" ", NOT_A_WORD.sub(" ", text))
    else:
        text = NUMBER_AT_LETTER.sub(r" \g<0> ", BETWEEN_WORDS.sub(" ", text))
    return f" {' '.join(text.split())} "


def word_patterns(query):
    """What has to stand in a :func:`word_key`, one for each word of ``query`` (at most :data:`MOST_WORDS`).

    A word stands for every word that begins with it, an acronym for itself only; ``G-77`` is one word of two parts.
    Empty where there is nothing to look for.
    """
    keys = [word_key(word).strip() for word in query.split()]
    return [f" {key} " if ACRONYM.fullmatch(key) else f" {key}" for key in keys if key][:MOST_WORDS]
