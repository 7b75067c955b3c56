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
ASCII_DIGITS = {0x0966 + digit: str(digit) for digit in range(10)}
HYPHENS = regex.compile(r"\p{Pd}+")
SPACE = regex.compile(r"\s+")


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
    text = HYPHENS.sub("-", text.translate(ASCII_DIGITS))
    return SPACE.sub(" ", text).strip()
