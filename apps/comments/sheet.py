"""Comments as a sheet: outwards only, nothing is read back from it."""

from django.utils.translation import gettext as _

from apps.comments.models import Comment
from apps.spreadsheets.columns import Column, PlainColumn
from apps.spreadsheets.declaration import columns_of
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


class PersonColumn(Column):
    """The user name of whoever decided."""

    width = 20
    stored = ("decided_by__username",)


OWN = {
    "topic": NoteColumn, "parent": ParentColumn, "text": Column, "held_reasons": ReasonsColumn,
    "is_editorial": YesColumn, "decided_by": PersonColumn,
}  # fmt: skip


class CommentSheet(OutwardSheet):
    """What is declared of a comment; ``with_email``: for those who hold ``comments.view_email_comment``."""

    def __init__(self, *, with_email=False):
        columns = columns_of(Comment, own=OWN)
        super().__init__(Comment, [column for name, column in columns.items() if with_email or name != "email"])
