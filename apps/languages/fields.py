"""Which fields are bilingual: everything derived (forms, sheets, search, tests) asks here."""

from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.db.models import QuerySet
from django.utils.text import capfirst, format_lazy
from django.utils.translation import get_language, override
from modeltranslation.translator import NotRegistered, translator


def language_codes():
    """``["en", "hi"]``: the languages of the portal, in the order of ``settings.LANGUAGES``."""
    return [code for code, _name in settings.LANGUAGES]


def own_name(code):
    """The language's name in itself: ``हिन्दी`` for ``hi``, as our own catalogue spells it."""
    with override(code):
        return str(dict(settings.LANGUAGES)[code])


def in_every_language(say):
    """``["Title", "शीर्षक"]``: what ``say()`` gives in each language of the portal, each text once."""
    found = []
    for code in language_codes():
        with override(code):
            found.append(str(say()))
    return list(dict.fromkeys(found))


def translated_fields(model):
    """Names of the bilingual fields of ``model``, in the order the model declares them."""
    try:
        return list(_translated_fields(model))
    except NotRegistered:
        return []


@cache
def _translated_fields(model):
    registered = translator.get_options_for_model(model).all_fields
    return tuple(field.name for field in model._meta.fields if field.name in registered)


def column(name, language):
    """``column("title", "hi")`` is ``"title_hi"``."""
    return f"{name}_{language}"


def columns(name):
    """The language columns behind one bilingual field: ``["title_en", "title_hi"]``."""
    return [column(name, language) for language in language_codes()]


def language_columns(model):
    """The columns behind all of them: ``title_en``, ``title_hi``, ``summary_en``, …"""
    try:
        return list(_language_columns(model, tuple(language_codes())))
    except NotRegistered:
        return []


@cache
def _language_columns(model, codes):
    return tuple(column(name, code) for name in _translated_fields(model) for code in codes)


def column_labels(model):
    """``{"title_en": "Title · English", …}`` in the editor's words and language."""
    names = dict(settings.LANGUAGES)
    return {
        column(name, code): format_lazy(
            "{field} · {language}", field=capfirst(model._meta.get_field(name).verbose_name), language=names[code]
        )
        for name in translated_fields(model)
        for code in language_codes()
    }


def column_place(model, name):
    """``("title", "hi")`` for the language column ``title_hi`` of ``model``; ``None`` for any other field."""
    places = {column(field, code): (field, code) for field in translated_fields(model) for code in language_codes()}
    return places.get(name)


def plain_rows(rows):
    """``rows`` as Django's own queryset, for unions.

    modeltranslation passes the names of ``values_list()`` through a set: in a union with another model the columns
    would change places with each process's hash seed.
    """
    return QuerySet(rows.model, query=rows.query.clone())


def reading_order(language=None):
    """The languages in which a reader of ``language`` (default: the active one) is served: their own first."""
    wanted = language or (get_language() or settings.LANGUAGE_CODE).split("-")[0]
    return sorted(language_codes(), key=lambda code: code != wanted)


@dataclass(frozen=True)
class Reading:
    """One bilingual text as one reader gets it: the ``text``, the ``language`` it stands in, and whether that
    is borrowed.
    """

    text: str
    language: str
    borrowed: bool

    def __str__(self):
        return self.text

    def __bool__(self):
        return bool(self.text)


def reading(record, name, language=None):
    """The bilingual field ``name`` of ``record`` for a reader of ``language``, from the other language if
    theirs is empty.
    """
    order = reading_order(language)
    for code in order:
        text = getattr(record, column(name, code))
        if text and text.strip():
            return Reading(text, code, borrowed=code != order[0])
    return Reading("", order[0], borrowed=False)
