"""The column that says which state of a record a row was exported from, so that nothing newer is overwritten unseen."""

from datetime import UTC

from django.core.exceptions import ValidationError
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _


class VersionColumn:
    """The time of the record's last change, to the microsecond. Not a field that anybody edits."""

    name, kind, width, choices, stored = "version", "text", 34, (), ("updated_at",)

    def show(self, moment):
        return moment.astimezone(UTC).isoformat()

    def read(self, text):
        try:
            moment = parse_datetime(text.strip())
        except ValueError:
            moment = None
        if moment is None:
            raise ValidationError(_("This was not in the export. Leave the column as it is, or empty this cell."))
        return moment

    @property
    def label(self):
        return _("Version (leave as it is)")

    @property
    def help(self):
        return _(
            "When the record was last changed, as the export saw it. If it has changed since, your row is refused and "
            "nothing is overwritten. Without the column, or in an empty cell, this is not checked."
        )
