"""The columns that every list at the desk has, made for the reader's language and the portal's languages."""

from django.conf import settings
from django.contrib import admin
from django.db.models import F, Value
from django.db.models.functions import Coalesce, NullIf
from django.utils.html import format_html

from apps.editorial.completeness import completeness
from apps.languages.fields import column, reading, reading_order


def label_column(model):
    """What a row is called, in the active language or else in the other; sorted the way it is shown."""
    own, other = (F(column(model.label_field, code)) for code in reading_order())

    @admin.display(description=model._meta.verbose_name, ordering=Coalesce(NullIf(own, Value("")), other))
    def label(record):
        found = reading(record, model.label_field)
        return format_html('<span lang="{}">{}</span>', found.language, found) if found else str(record)

    return label


def completeness_column(language):
    """``6/6`` or ``4/6``: how many of a row's texts stand in ``language``."""

    @admin.display(description=dict(settings.LANGUAGES)[language], ordering=f"filled_{language}")
    def filled(record):
        has, wanted = completeness(record)[language]
        return format_html('<span class="{}">{}/{}</span>', "complete" if has >= wanted else "incomplete", has, wanted)

    filled.__name__ = f"completeness_{language}"
    return filled
