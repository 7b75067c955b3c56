"""Headings that are known by their words: “Introduction”, “Conclusion”, “References”, and the same in Hindi."""

import regex

from apps.topics.pasting.lines import LONG_LINE, SENTENCE_END, Heading, has_text, without_bold
from apps.topics.pasting.lists import item_of

SANDARBH = "(?:संदर्भ|सन्दर्भ)"
GRANTH = "(?:ग्रंथ|ग्रन्थ|ग्रंथों|ग्रन्थों|पुस्तक|पुस्तकें|पुस्तकों)"
SORTS = "select(?:ed)?|suggested|further|additional|recommended|some useful|list of|notes and|sources and"
SOURCES = regex.compile(
    rf"(?:(?:{SORTS})\s+)?(?:references?|bibliography|readings?|books|works cited|sources?|literature|web ?links)"
    rf"|(?:{SANDARBH}|सहायक|उपयोगी|कुछ उपयोगी|आधार)[\s-]*(?:{GRANTH})?(?:[\s-]*सूची)?|{GRANTH}[\s-]*सूची"
    rf"|(?:मुख्य |अन्य )?(?:स्रोत|{SANDARBH})|(?:आगे|और) (?:पढ़ें|पढ़िए)"
    r"|(?:अतिरिक्त |आगे )?(?:पठन|अध्ययन)(?:[\s-]*सामग्री)?",
    regex.IGNORECASE,
)
OTHERS = regex.compile(
    r"introduction|abstract|summary|conclusions?|concluding remarks|"
    r"प्रस्तावना|भूमिका|परिचय|विषय[\s-]*प्रवेश|सारांश|निष्कर्ष|उपसंहार",
    regex.IGNORECASE,
)
# Words that head sources only together with another: “Books” may be about anything.
TOO_FEW = frozenset(
    {"book", "books", "reading", "readings", "literature", "सहायक", "उपयोगी", "कुछ उपयोगी", "आधार", "पठन", "अध्ययन"}
)


def heads_sources(text):
    """Whether a section of this name has the note's sources."""
    words = _bare(text)
    return bool(SOURCES.fullmatch(words)) and words.casefold() not in TOO_FEW


def known_headings(lines, closed):
    """The lines that are nothing but such a heading, and have text under them."""
    for index, line in enumerate(lines):
        if index in closed or not 3 < len(line) <= LONG_LINE or not _is_new(lines, index):
            continue
        if (heads_sources(line) or OTHERS.fullmatch(_bare(line))) and has_text(lines, index + 1, len(lines)):
            text = without_bold(line)
            yield Heading(index, index, 1, text, weight=2, whole=text)


def _is_new(lines, index):
    """Whether no paragraph goes on in this line."""
    before = lines[index - 1] if index else ""
    is_ended = SENTENCE_END.search(before.strip()) or item_of(before)
    return not before.strip() or len(before) > LONG_LINE or bool(is_ended)


def _bare(line):
    return " ".join(without_bold(line).strip().rstrip(":-–— ").split())
