"""How every public record is shown: its text rendered, its dates read, its facts as data."""

import json

from django import template
from django.utils.html import format_html
from django.utils.safestring import mark_safe

from apps.content import text
from apps.content.plain_text import text_lines
from apps.languages import fields

register = template.Library()

JSON_ESCAPES = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}


@register.simple_tag
def rendered(record, name, anchor=""):
    """``{% rendered section "body" as body %}``: ``html``, ``language`` and ``borrowed`` of a bilingual
    Markdown field.
    """
    found = fields.reading(record, name)
    kind = getattr(record, "reference_kind", None)
    own = f"{kind}:{record.slug}" if kind else ""
    return {
        "html": text.render(found.text, language=found.language, anchor=anchor, own=own),
        "language": found.language,
        "borrowed": found.borrowed,
    }


@register.filter
def partial_date(value):
    """A :class:`~apps.content.partial_dates.PartialDate` in the reader's language; nothing for an unknown one."""
    return value.display() if value else ""


@register.filter
def kind(record):
    """What ``record`` is, in the reader's language: study note, event …"""
    return record._meta.verbose_name


@register.filter
def lines(reading):
    """The lines of a :class:`~apps.languages.fields.Reading` in which something stands."""
    return text_lines(str(reading))


@register.simple_tag
def json_ld(data):
    """A block of linked data (schema.org). Data, not a script: no browser runs it, no policy has to allow it."""
    body = json.dumps({"@context": "https://schema.org", **data}, ensure_ascii=False).translate(JSON_ESCAPES)
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(body))  # noqa: S308 - escaped above
