"""The column that says which state of a record a row was exported from, so that nothing newer is overwritten unseen."""

from datetime import UTC
from hashlib import blake2b

from django.core.exceptions import ValidationError
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import override

from apps.languages.fields import language_codes
from apps.spreadsheets.models import BatchPart

# Bytes: whoever changes a cell does so without meaning to hit the same.
DIGEST = 5


class VersionColumn:
    """The time of the record's last change, to the microsecond, and a :func:`digest` of the row. Not a field that
    anybody edits.
    """

    name, kind, width, choices, stored = "version", "text", 48, (), ("updated_at",)

    def show(self, moment):
        return moment.astimezone(UTC).isoformat()

    def read(self, text):
        """``(moment, digest)``; the digest is "" where a sheet has none."""
        time, _space, told = text.strip().partition(" ")
        try:
            moment = parse_datetime(time)
        except ValueError:
            moment = None
        if moment is None:
            raise ValidationError(_("This was not in the export. Leave the column as it is, or empty this cell."))
        return moment, told

    @property
    def label(self):
        return _("Version (leave as it is)")

    @property
    def help(self):
        return _(
            "When the record was last changed, as the export saw it. If somebody has changed it since, a row that you "
            "have changed too is refused and nothing is overwritten. Without the column, or in an empty cell, this is "
            "not checked."
        )


def digest(texts):
    """Of the cells of a row, as they were exported: by it a row is known that nobody changed in the sheet."""
    return blake2b("\0".join(texts).encode("utf-8", "replace"), digest_size=DIGEST).hexdigest()


def refuse_over_newer(case, changed_at):
    """Refuses ``case``, a row that changes something, if its record was changed (at ``changed_at``) after the export;
    unless by this same sheet: an editor keeps it, and brings it again and again.
    """
    text = case.text("version").strip()
    if not text:
        return
    try:
        exported, _told = case.judge.sheet.version.read(text)
    except ValidationError as error:
        case.refuse("version", *error.messages)
        return
    outcome = case.outcome
    outcome.version = exported.isoformat()
    if exported == changed_at:
        return
    if not BatchPart.objects.brought(case.judge.by, outcome.pk, outcome.version, changed_at):
        sentence = _(
            "“%(name)s” was changed on %(when)s, after this sheet was exported. Export it again and enter your "
            "change there."
        )
        when = date_format(localtime(changed_at), "DATETIME_FORMAT")
        case.refuse("version", sentence % {"name": outcome.name, "when": when})


def is_untouched(case, changed_at):
    """Whether somebody changed the record of ``case``, a row, since its export, and whoever has the sheet has left the
    row alone: its cells still say what they said. Programs write dates and truth values in their own way, and choices
    are called differently in each language.
    """
    sheet, version = case.judge.sheet, case.text("version")
    if not version.strip():
        return False
    try:
        exported, told = sheet.version.read(version)
    except ValidationError:
        return False
    if exported == changed_at or not told or any(name not in case.judge.places for name in sheet.columns):
        return False
    for code in language_codes():
        with override(code):
            try:
                shown = [_as_shown(column, case.text(column.name)) for column in sheet.columns.values()]
            except ValidationError:
                return False
        if digest(shown) == told:
            return True
    return False


def _as_shown(column, text):
    return column.show(column.value_of(text)) if text.strip() else ""
