"""How templates speak two languages without ever testing a language code."""

from django import template
from django.conf import settings
from django.urls import translate_url
from django.utils.html import format_html
from django.utils.translation import get_language, override, to_locale

from apps.languages import fields

register = template.Library()


@register.simple_tag
def reading(record, name):
    """``{% reading topic "title" as title %}``: text, language and whether it is borrowed from the other language."""
    return fields.reading(record, name)


@register.simple_tag
def bilingual(record, name):
    """``{% bilingual topic "title" %}``: the text, in a ``<span lang>`` if it had to be borrowed."""
    found = fields.reading(record, name)
    return format_html('<span lang="{}">{}</span>', found.language, found) if found.borrowed else found.text


@register.simple_tag
def other_reading(record, name):
    """The same text in the other language, where it has one of its own: a learner of two languages reads both."""
    own, *others = fields.reading_order()
    for code in others:
        text = getattr(record, fields.column(name, code))
        if text and text != getattr(record, fields.column(name, own)):
            return fields.Reading(text, code, borrowed=True)
    return fields.Reading("", own, borrowed=False)


@register.simple_tag
def language_names():
    """``[(code, the language's name in itself), …]``."""
    return [(code, fields.own_name(code)) for code in fields.language_codes()]


@register.simple_tag
def in_other_languages(record):
    """The address of ``record`` in each language but the reader's: ``code``, the language's ``name`` in
    itself, ``path``.
    """
    links = []
    for code in fields.reading_order()[1:]:
        with override(code):
            link = {
                "code": code,
                "name": fields.own_name(code),
                "path": record.get_absolute_url(),
                "label": str(record),
            }
            links.append(link)
    return links


@register.simple_tag(takes_context=True)
def language_links(context):
    """The same page in each language: ``code``, ``locale``, its ``name`` in itself, ``path`` with the query,
    ``address`` and ``current``.
    """
    request = context["request"]
    active = (get_language() or settings.LANGUAGE_CODE).split("-")[0]
    here, prefix = request.get_full_path(), f"/{active}/"
    links = []
    for code in fields.language_codes():
        # translate_url gives an address it can't resolve (an error page's) back unchanged: lead to the start page then.
        path = translate_url(here, code) if request.path.startswith(prefix) else f"/{code}/"
        if code != active and path == here:
            path = f"/{code}/"
        links.append(
            {
                "code": code,
                "locale": to_locale(code),
                "name": fields.own_name(code),
                "path": path,
                "address": settings.SITE_URL + path.partition("?")[0],
                "current": code == active,
            }
        )
    return links
