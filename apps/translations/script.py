"""How a translation's own script is written: vowel signs, joiners, digits and full stops. Its source plays no part."""

import regex
from django.utils.translation import gettext

from apps.languages.graphemes import clusters
from apps.translations.findings import blanked, found

CONSONANT = "\u0915-\u0939\u0958-\u095f\u0978-\u097f"
VOWEL = "\u0904-\u0914\u0960\u0961\u0972-\u0977"
MATRA = "\u093a\u093b\u093e-\u094c\u094e\u094f\u0955-\u0957\u0962\u0963"
NUKTA, HALANT, NASALS, VISARGA = "\u093c", "\u094d", "\u0900-\u0902", "\u0903"
# What shows a sign by itself, in a text about writing.
CARRIER = "\u25cc\u00a0"
# A sign after something that cannot carry it. ("\u0905\u0945" is an old way to write "\u0972".)
ORPHAN = regex.compile(
    f"(?<![{CONSONANT}{NUKTA}{CARRIER}])(?<!\u0905(?=\u0945))[{MATRA}]"
    f"|(?<![{CONSONANT}{NUKTA}{CARRIER}]\u200d?){HALANT}"
    f"|(?<![{CONSONANT}{CARRIER}]){NUKTA}"
    f"|(?<![{CONSONANT}{NUKTA}{VOWEL}{MATRA}{CARRIER}])[{NASALS}]"
    f"|(?<![{CONSONANT}{NUKTA}{VOWEL}{MATRA}{NASALS}{CARRIER}]){VISARGA}"
)
# Without effect: everywhere; a joiner that is not between a halant and what it acts on (nor in an emoji).
JOINERS = regex.compile(
    "[\u200b\u200e\u200f\u2060\ufeff\u00ad]"
    f"|(?<!{HALANT})\u200c|\u200c(?![{CONSONANT}])"
    f"|(?<![{HALANT}\\p{{Emoji_Presentation}}\\p{{Extended_Pictographic}}\ufe0f])\u200d(?!{HALANT})"
)
JOINER_NAMES = {
    "\u200b": "ZWSP", "\u200c": "ZWNJ", "\u200d": "ZWJ", "\u200e": "LRM", "\u200f": "RLM", "\u2060": "WJ",
    "\ufeff": "BOM", "\u00ad": "SHY",
}  # fmt: skip
OWN_DIGITS = regex.compile("[\u0966-\u096f]+")
OTHER_DIGITS = regex.compile(r"[0-9]")
DANDA = "\u0964"
# A Hindi word and a full stop after it, with what may close between and follow.
FULL_STOP = regex.compile(
    r"(?<![.\p{L}\p{M}\p{Devanagari}])([\p{Devanagari}\u200c\u200d]++)[)\]”’\"'*]*+(\.)(?=[\s”’\"')*\]]|\[\^|$)",
    regex.VERSION1,
)
# डॉ. and ई. are abbreviations, as is every other word of one sign that no sentence ends with.
ABBREVIATIONS = {"प्रो", "श्री", "सुश्री", "किमी", "उदा", "क्रम", "संपा", "सम्पा", "अनु"}
SHORT_LAST_WORDS = "है हैं था थी थे थीं हो हों हूँ दो दे दी दें लो ले ली लें की का के को से में ने पर गा गे गी भी ही"
SPACE_BEFORE_DANDA = regex.compile(r"(?<=\S)[^\S\n]+[।॥]")
BAR_FOR_DANDA = regex.compile(r"(?<=[\p{Devanagari}\p{M}”’)])[^\S\n]?\|(?=\s|$)")
CODE_AND_TARGETS = regex.compile(
    r"(?<!`)(`{1,3})(?!`).{1,200}?(?<!`)\1(?!`)|(?<=\])\([^)\s]{0,500}+\)|\bhttps?://\S+", regex.DOTALL
)
TABLE_ROW = regex.compile(r"^.*\|.*\|.*$|^[ \t]*\|.*$", regex.MULTILINE)


def check(text, language, *, is_markdown):
    plain = blanked(text, CODE_AND_TARGETS) if is_markdown else text
    prose = blanked(plain, TABLE_ROW) if is_markdown else plain
    findings = [*_signs(plain, text), *_joiners(plain, text), *_digits(plain, text)]
    return [*findings, *_stops(plain, text), *_bars(prose, text)] if language == "hi" else findings


def _signs(plain, text):
    message = gettext("A vowel sign or mark in “%(excerpt)s” stands on nothing that can carry it. Type the word again.")
    return [found("orphan_sign", message, text, *match.span()) for match in ORPHAN.finditer(plain)]


def _joiners(plain, text):
    message = gettext("An invisible sign (%(name)s) in “%(excerpt)s” has no effect. Delete it.")
    return [
        found("stray_joiner", message, text, *match.span(), name=JOINER_NAMES[match.group()])
        for match in JOINERS.finditer(plain)
    ]


def _digits(plain, text):
    """One finding for a text: whoever typed one number so typed them all so."""
    match = OWN_DIGITS.search(plain)
    if not match:
        return []
    message = gettext("“%(excerpt)s”: write numbers in international digits (1955), not in Devanagari ones.")
    if OTHER_DIGITS.search(plain):
        message = gettext("“%(excerpt)s”: Devanagari and international digits are mixed. Write 1955 everywhere.")
    return [found("mixed_digits", message, text, *match.span())]


def _stops(plain, text):
    mixed = gettext("“%(excerpt)s” ends with a full stop, other sentences of this text with a purna viram (।).")
    spaced = gettext("Delete the space before the purna viram (।) in “%(excerpt)s”.")
    stops = [match for match in FULL_STOP.finditer(plain) if _ends_a_sentence(match[1])] if DANDA in plain else []
    return [found("mixed_stops", mixed, text, *match.span(2)) for match in stops] + [
        found("space_before_stop", spaced, text, *match.span()) for match in SPACE_BEFORE_DANDA.finditer(plain)
    ]


def _bars(plain, text):
    message = gettext("A bar (|) stands for a purna viram (।) in “%(excerpt)s”.")
    return [found("bar_for_stop", message, text, *match.span()) for match in BAR_FOR_DANDA.finditer(plain)]


def _ends_a_sentence(word):
    return word not in ABBREVIATIONS and (len(clusters(word)) > 1 or word in SHORT_LAST_WORDS.split())
