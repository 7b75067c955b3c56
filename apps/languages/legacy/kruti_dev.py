"""The font Kruti Dev 010 as two tables of keys, and the way between its keys and Unicode.

An old Hindi font draws Devanagari where the file says Latin: the key ``d`` looks like क, ``Hkkjr`` like भारत. Which key
draws what is a fact of the font, published with every converter; this table was read from the one of LTRC, IIIT
Hyderabad (https://github.com/ltrc/kru2uni). DevLys 010 has the same keys. ``docs/hindi.md``: how damage comes of it.
"""

import unicodedata

import regex

HALANT, NUKTA, I_SIGN, I_NASAL = "\u094d", "\u093c", "\u093f", "\u093f\u0902"
REPH = "Z"  # the key of the hook over a letter: typed after it, written before it


def _pairs(text):
    words = text.split()
    return dict(zip(words[::2], words[1::2], strict=True))


# Keys that draw half a letter; the upright stroke of the key k makes it whole: [ is ख्, [k is ख.
HALF_LETTERS = _pairs("""
D क   [ ख   X ग   ? घ   P च   T ज   ÷ झ   Ö झ   . ण   R त   F थ   / ध   è ध   Ë ध   U न   I प   ¶ फ   C ब
H भ   E म   ¸ य   Y ल   O व   ' श   Ü श   " ष   L स   º ह   { क्ष   « त्र   Ù त्त   ™ न्न
""")
WHOLE_LETTERS = _pairs("""
d क   x ग   Ä घ   ³ ङ   p च   N छ   t ज   > झ   ¥ ञ   V ट   B ठ   M ड   < ढ   r त   n द   u न   i प   Q फ
c ब   Ò भ   e म   ; य   j र   y ल   G ळ   o व   l स   g ह
""")
JOINED_LETTERS = _pairs("""
J श्र   K ज्ञ   = त्र   | द्य   } द्व   ) द्ध   ô क्क   ä क्त   Ø क्र   — कृ   Ñ कृ   – दृ   é न्न
ê ट्ट   Í ट्ट   ë ट्ठ   Î ट्ठ   ì ड्ड   Ï ड्ड   ï ड्ढ   Ô ड्ढ   í द्द   Ì द्द   æ द्र   ç प्र   Á प्र
Ý फ्र   à ह्न   á ह्य   â हृ   ã ह्म   # रु   : रू   î ्य   Ó ्य   z ्र   ª ्र
""")
VOWELS = _pairs("""
v अ   b इ   bZ ई   Ã ई   m उ   Å ऊ   _ ऋ   , ए
""")
# The short i and the hook (Z) are put in their place later.
SIGNS = _pairs("""
k ा   h ी   q ु   w ू   ` ृ   s े   S ै   ks ो   kS ौ   ‚ ॉ   W ॅ   a ं   ¡ ँ   % ः   È ीं   ~ ्   + ़
f ि   Ç िं   Z Z   Æ र्ि   É र्िं   Ê ीZ   ± Zं
""")
MARKS = _pairs(r"""
A ।   & -   - .   ] ,   \ ?   ( ;   @ /   ^ ‘   * ’   Þ “   ß ”   ¼ (   ½ )   ¿ {   À }   ¾ =   Œ ॰   ñ ॰
Û ×   å ०   ƒ १   „ २   … ३   † ४   ‡ ५   ˆ ६   ‰ ७   Š ८   ‹ ९
""")
KEYS = {key: letter + HALANT for key, letter in HALF_LETTERS.items()}
KEYS |= WHOLE_LETTERS | JOINED_LETTERS | VOWELS | SIGNS | MARKS

# What two keys draw together, in the order in which it has to be put right.
JOINS = [
    (HALANT + NUKTA, NUKTA + HALANT),
    (HALANT + "ा", ""),
    (HALANT + "ो", "े"),
    (HALANT + "ौ", "ै"),
    ("अा", "आ"),
    ("अो", "ओ"),
    ("अौ", "औ"),
    ("अॉ", "ऑ"),
    ("एे", "ऐ"),
]
# Some type the dot over a letter before its vowel sign; the short i is another letter's.
EARLY_DOT = regex.compile("([\u0901\u0902])([\u093e\u0940-\u094c])")
# One key serves visarga and colon; no Hindi word ends in a visarga after a vowel sign.
COLON = regex.compile(r"(?<=[\u0901\u0902\u093e-\u094c])\u0903(?!\p{L})")
# A syllable's consonants: at most five, so that no search runs far.
CLUSTER = "(?:[\u0915-\u0939]\u093c?\u094d){0,4}[\u0915-\u0939]\u093c?"
VOWEL_SIGNS = "[\u093e-\u094c]*"

KEY = regex.compile("bZ|k[sS]|.", regex.DOTALL)
TYPED_I = regex.compile(f"({I_SIGN}\u0902?)({CLUSTER})")
TYPED_REPH = regex.compile(f"({CLUSTER}{VOWEL_SIGNS}){REPH}")


def to_unicode(typed):
    """What ``typed`` looks like in the font: ``Hkkjr ds fodkl`` is भारत के विकास."""
    text = "".join(KEYS.get(key, key) for key in KEY.findall(typed))
    for drawn, written in JOINS:
        text = text.replace(drawn, written)
    text = EARLY_DOT.sub(r"\2\1", text)
    text = TYPED_I.sub(r"\2\1", text)  # the short i is typed before its consonants
    text = TYPED_REPH.sub(r"र्\1", text)
    return unicodedata.normalize("NFC", COLON.sub(":", text))


WRITTEN_I = regex.compile(f"({CLUSTER}){I_SIGN}")
WRITTEN_REPH = regex.compile(f"(?<!{HALANT})र{HALANT}({CLUSTER}{I_SIGN}?{VOWEL_SIGNS})")


def _keys_by_drawing():
    """The inverse of :data:`KEYS`. Of several keys a plain Latin one, of these the fewest: क is ``d``, ख is ``[k``."""
    drawings = [(drawing, key) for key, drawing in KEYS.items()]
    drawings += [(letter, key + "k") for key, letter in HALF_LETTERS.items()]
    drawings += [("आ", "vk"), ("ओ", "vks"), ("औ", "vkS"), ("ऑ", "v‚"), ("ऐ", ",s"), (":", "%")]
    drawings.sort(key=lambda pair: (not pair[1].isascii(), len(pair[1])), reverse=True)
    return dict(drawings)


KEYS_BY_DRAWING = _keys_by_drawing()
DRAWING = regex.compile(
    "|".join(sorted(map(regex.escape, KEYS_BY_DRAWING), key=len, reverse=True)) + "|.", regex.DOTALL
)


def to_keys(text):
    """The keys somebody pressed to get ``text``: भारत is ``Hkkjr``, and ``न्छब्ज्।क्`` is ``UNCTAD``."""
    text = unicodedata.normalize("NFC", text)
    text = WRITTEN_REPH.sub(rf"\1{REPH}", text)
    text = WRITTEN_I.sub(rf"{I_SIGN}\1", text)
    return "".join(KEYS_BY_DRAWING.get(drawing, drawing) for drawing in DRAWING.findall(text))
