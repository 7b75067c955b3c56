"""The columns of a translator's sheet. Only the translation is written; three others say which text a row is about."""

from dataclasses import dataclass

from django.conf import settings
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from apps.languages.fields import language_codes, own_name

# Those that a row can't do without.
ADDRESS = ("kind", "key", "field")


@dataclass(frozen=True)
class SheetColumn:
    name: str
    label: str | Promise
    help: str | Promise
    width: int
    writable: bool = False


def language_name(code):
    """As the active language calls it, for sentences; in headings a language stands in itself."""
    return str(dict(settings.LANGUAGES)[code])


def source_name(language):
    return f"source_{language}"


def target_name(language):
    return f"target_{language}"


def columns_between(source, target):
    """The columns of the sheet from ``source`` into ``target`` (codes), in their order."""
    leave = _("Leave it as it is.")
    return [
        SheetColumn("record", _("Record"), _("Which record the text belongs to. For you to read."), 34),
        SheetColumn("text", _("Which text"), _("Which text of the record it is. For you to read."), 18),
        SheetColumn(source_name(source), source_label(source), _("What you translate. Don't change it here."), 60),
        SheetColumn(target_name(target), target_label(target), _("Your translation. The only column to write in."), 60,
                    writable=True),
        SheetColumn("state", _("State"), _("Missing, outdated (the source has changed since) or up to date."), 14),
        SheetColumn(
            "source_then", _("What it was translated from"),
            _("Of an outdated translation: the source as it was when the translation was last written."), 40,
        ),
        SheetColumn("kind", _("Kind"), leave, 20),
        SheetColumn("key", _("Key"), leave, 30),
        SheetColumn("field", _("Field name"), leave, 14),
        SheetColumn(
            "version", _("Version (leave as it is)"),
            _(
                "What the portal said when this sheet was made. If one of the two texts has changed since, your row is "
                "refused and nothing is overwritten. Without it only missing translations are written."
            ),
            27,
        ),
    ]  # fmt: skip


def source_label(language):
    return format_lazy("{column} [{language}]", column=_("Source"), language=own_name(language))


def target_label(language):
    return format_lazy("{column} [{language}]", column=_("Translation"), language=own_name(language))


def columns_of_others(source, target):
    """``{name: label}`` of the columns that a sheet between other languages has: to say so, and not "unknown"."""
    labels = {source_name(code): source_label(code) for code in language_codes() if code != source}
    return labels | {target_name(code): target_label(code) for code in language_codes() if code != target}
