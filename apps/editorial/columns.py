"""The columns that every list at the desk has, made for the reader's language and the portal's languages."""

from django.conf import settings
from django.contrib import admin
from django.utils.html import format_html
from django.utils.translation import gettext, ngettext

from apps.content.models import label_as_read
from apps.editorial.completeness import completeness
from apps.languages.fields import reading


def label_column(model):
    """What a row is called, in the active language or else in the other; sorted the way it is shown."""

    @admin.display(description=model._meta.verbose_name, ordering=label_as_read(model))
    def label(record):
        found = reading(record, model.label_field)
        return format_html('<span lang="{}">{}</span>', found.language, found) if found else str(record)

    return label


def completeness_column(language):
    """``6/6`` or ``4/6``: how many of a row's texts stand in ``language``; and ``1 outdated``, if any of these is.

    It leads to the translate screen where ``record.translate_paths`` (:mod:`apps.editorial.translating`) has one.
    """

    @admin.display(description=dict(settings.LANGUAGES)[language], ordering=f"filled_{language}")
    def filled(record):
        path = getattr(record, "translate_paths", {}).get(language)
        if not path:
            return counts(record)
        words = gettext("Translate into %(language)s") % {"language": dict(settings.LANGUAGES)[language]}
        return format_html('<a href="{}">{} <span class="visually-hidden">{}</span></a>', path, counts(record), words)

    def counts(record):
        has, wanted = completeness(record)[language]
        count = format_html('<span class="{}">{}/{}</span>', "complete" if has >= wanted else "incomplete", has, wanted)
        outdated = getattr(record, f"outdated_{language}")
        if not outdated:
            return count
        words = ngettext("%(count)d outdated", "%(count)d outdated", outdated) % {"count": outdated}
        return format_html('{} <span class="outdated">{}</span>', count, words)

    filled.__name__ = f"completeness_{language}"
    return filled
