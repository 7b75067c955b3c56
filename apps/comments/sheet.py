"""Comments as a sheet: outwards only, nothing is read back from it."""

from django.utils.translation import gettext as _

from apps.comments.models import Comment
from apps.spreadsheets.columns import ChoiceColumn, Column, PlainColumn, TimeColumn
from apps.spreadsheets.outward import OutwardSheet


class NoteColumn(Column):
    """The address name of the study note, as in its own sheet."""

    width = 24
    stored = ("topic__slug",)


class ParentColumn(PlainColumn):
    """The number of the comment that this one answers."""

    kind = "number"


class ReasonsColumn(Column):
    """Why a moderator should look twice."""

    def show(self, value):
        return Comment(held_reasons=value).held_reasons_in_words


class YesColumn(PlainColumn):
    def show(self, value):
        return _("yes") if value else ""


COLUMNS = {
    "id": PlainColumn, "topic": NoteColumn, "parent": ParentColumn, "created_at": TimeColumn, "name": Column,
    "email": Column, "language": ChoiceColumn, "text": Column, "state": ChoiceColumn, "held_reasons": ReasonsColumn,
    "is_editorial": YesColumn,
}  # fmt: skip


class CommentSheet(OutwardSheet):
    """``with_email``: for those who hold ``comments.view_email_comment``."""

    def __init__(self, *, with_email=False):
        shown = [column(Comment, name) for name, column in COLUMNS.items() if with_email or name != "email"]
        super().__init__(Comment, shown)
