"""How to cite a work: in the styles of ``csl/`` by a CSL processor, and as BibTeX. No models, no settings."""

import datetime
import html
import re
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path
from threading import Lock
from typing import NamedTuple

from bibtexparser.bibdatabase import BibDatabase
from bibtexparser.bwriter import BibTexWriter
from citeproc import PRIMARY_DIALECTS, Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle
from citeproc.source import BibliographySource, Date, Name, Reference
from citeproc.string import String
from django.conf.locale import LANG_INFO
from django.utils.safestring import mark_safe
from lxml import etree

CSL = Path(__file__).parent / "csl"

# What readers call a style, and its file.
STYLES = {
    "APA": "apa",
    "MLA": "modern-language-association",
    "Chicago": "chicago-notes-bibliography",
}


class Person(NamedTuple):
    """An author whose name may be turned round and abbreviated. Any other name, an institution's too, is a text."""

    family: str
    given: str

    def __str__(self):
        return f"{self.given} {self.family}"

    @property
    def in_one_piece(self):
        """Without capitals (in Devanagari, say) there are no initials: the processor would cut by code points."""
        return not self.given[:1].isupper()


@dataclass(frozen=True)
class Work:
    """What a citation has to say about one text in one ``language``. ``container`` is the portal."""

    title: str
    container: str
    url: str
    language: str
    slug: str
    authors: tuple[Person | str, ...] = ()
    publisher: str = ""
    issued: datetime.date | None = None
    accessed: datetime.date | None = None
    edition: int | None = None

    @property
    def key(self):
        """What a bibliography calls it: ``rim-hi``, or ``rim-3-hi`` for an edition."""
        return "-".join(str(part) for part in (self.slug, self.edition, self.language) if part)

    @property
    def places(self):
        """``(container, publisher)`` without a name that the citation has had before."""
        container = "" if self.authors == (self.container,) else self.container
        return container, "" if self.publisher in (*self.authors, self.container) else self.publisher


# --- Styles --------------------------------------------------------------------------------------------------------

# The processor keeps notes on the parsed style while it renders.
_rendering = Lock()


def cite(work, style):
    """``work`` in one of ``STYLES``, as safe HTML with no tag but ``<i>``."""
    parsed = _style(STYLES[style], work.language)
    source = BibliographySource()
    source.add(_reference(work))
    cited = Citation([CitationItem("work")])
    with _rendering:
        bibliography = CitationStylesBibliography(parsed, source, _Marks)
        bibliography.register(cited)
        (text,) = bibliography.bibliography()
        inside = parsed.root.get_locale_option("punctuation-in-quote") == "true"
    return mark_safe(_as_html(_settled(str(text), inside)))  # noqa: S308 - escaped in _as_html


@cache
def _style(name, language):
    """The style with our own terms for ``language``, parsed once for each process (3 ms; rendering takes 5 to 20)."""
    style = etree.parse(CSL / f"{name}.csl").getroot()
    _initials_only_where_asked(style)
    terms = CSL / f"terms-{language}.xml"
    if terms.exists():
        style.append(etree.parse(terms).getroot())
    return CitationStylesStyle(
        BytesIO(etree.tostring(style)), locale=PRIMARY_DIALECTS.get(language, language), validate=False
    )


def _initials_only_where_asked(style):
    """The processor knows ``initialize-with``, but not ``initialize="false"`` beside it."""
    initial = style.attrib.pop("initialize-with", "")
    for name in style.iter("{*}name"):
        if name.get("initialize") != "false":
            name.set("initialize-with", name.get("initialize-with", initial))
        else:
            name.attrib.pop("initialize-with", None)


def _reference(work):
    container, publisher = work.places
    texts = {
        "title": work.title,
        "container_title": container,
        "publisher": publisher,
        "URL": work.url,
        "version": str(work.edition or ""),
    }
    days = {"issued": work.issued, "accessed": work.accessed}
    return Reference(
        "work",
        "webpage",
        language=work.language,
        **({"author": [_name(author) for author in work.authors]} if work.authors else {}),
        **{name: clean for name, text in texts.items() if (clean := _text(text))},
        **{name: Date(year=day.year, month=day.month, day=day.day) for name, day in days.items() if day},
    )


def _name(author):
    if isinstance(author, Person) and not author.in_one_piece:
        return Name(family=_text(author.family), given=_text(author.given))
    return Name(literal=_text(str(author)))


# --- Marks: the processor does not escape what it is given, so tags come last -----------------------------------------

ITALIC, UPRIGHT, OPEN, CLOSE = "\ue000\ue001\ue002\ue003"
_NO_MARKS = dict.fromkeys(map(ord, ITALIC + UPRIGHT + OPEN + CLOSE))


def _text(text):
    return String(" ".join(text.translate(_NO_MARKS).split()))


class _Marks:
    """What citeproc calls a formatter."""

    @staticmethod
    def preformat(text):
        """Asked for the style's own texts only: its quotation marks can be told from those in a title."""
        return str(text).translate({ord("“"): OPEN, ord("”"): CLOSE})

    @staticmethod
    def italic(text):
        return f"{ITALIC}{text}{UPRIGHT}"

    Italic = Oblique = italic
    Bold = Light = Underline = Superscript = Subscript = SmallCaps = str


def _settled(text, inside):
    """``text`` as the styles want it where quotation marks and italics end; ``inside``: a full stop or comma stands
    before the closing quotation mark.
    """
    # Without an author the title comes first; the processor then forgets to leave it out in its own place.
    text = re.sub(rf"^(({OPEN}[^{CLOSE}]*{CLOSE}|{ITALIC}[^{UPRIGHT}]*{UPRIGHT}).*?\. )\2\. ", r"\1", text)
    text = re.sub(f"(?<=[.?!।])([{UPRIGHT}{CLOSE}])\\.", r"\1", text)
    text = re.sub(f"{OPEN}[^{CLOSE}]*{CLOSE}", lambda quoted: quoted[0].translate({0x201C: "‘", 0x201D: "’"}), text)
    return re.sub(f"{CLOSE}([.,])", rf"\1{CLOSE}", text) if inside else text


def _as_html(text):
    tags = {ITALIC: "<i>", UPRIGHT: "</i>", OPEN: "“", CLOSE: "”"}
    return html.escape(text).translate(str.maketrans(tags))


# --- BibTeX ----------------------------------------------------------------------------------------------------------

# No brace is left alone: BibTeX counts them even after a backslash.
TEX = str.maketrans(
    {
        **{sign: f"\\{sign}" for sign in "&%$#_"},
        "\\": r"\textbackslash{}",
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
    }
)


def bibtex(work):
    """``work`` as an entry for biblatex with XeLaTeX or LuaLaTeX: Unicode stays, only TeX's own signs are escaped."""
    container, publisher = work.places
    language = LANG_INFO[work.language]["name"].lower()
    fields = {
        "author": " and ".join(_tex_name(author) for author in work.authors),
        # The second pair of braces keeps capitals and institutions as they are.
        "title": f"{{{_tex(work.title)}}}",
        "organization": container and f"{{{_tex(container)}}}",
        "publisher": publisher and f"{{{_tex(publisher)}}}",
        "version": str(work.edition or ""),
        "date": work.issued and work.issued.isoformat(),
        # For styles older than biblatex, which know no date.
        "year": work.issued and str(work.issued.year),
        "url": work.url,
        "urldate": work.accessed and work.accessed.isoformat(),
        "language": language,
        "langid": language,
    }
    entry = {name: value for name, value in fields.items() if value}
    entries = BibDatabase()
    entries.entries = [{"ENTRYTYPE": "online", "ID": work.key, **entry}]
    writer = BibTexWriter()
    writer.indent, writer.display_order = "  ", list(entry)
    return writer.write(entries).strip() + "\n"


def _tex(text):
    return _text(text).translate(TEX)


def _tex_name(author):
    if isinstance(author, Person) and not author.in_one_piece:
        return f"{_tex(author.family)}, {_tex(author.given)}"
    return f"{{{_tex(str(author))}}}"
