"""Comments as a sheet: outwards only, so it says things in words and takes no care to be read back."""

from import_export.fields import Field
from import_export.resources import ModelResource

from apps.comments.models import Comment

# A cell that begins so is a formula to a spreadsheet program, and these cells are written by strangers.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")


class CommentResource(ModelResource):
    note = Field("topic__slug", "note")
    in_reply_to = Field("parent_id", "in_reply_to")
    look_twice = Field("held_reasons_in_words", "look_twice")

    class Meta:
        model = Comment
        fields = ["id", "note", "in_reply_to", "language", "name", "text", "state", "look_twice", "is_editorial", "created_at"]
        export_order = fields

    def export_field(self, field, instance, **kwargs):
        value = super().export_field(field, instance, **kwargs)
        if isinstance(value, str) and value.startswith(FORMULA_STARTS):
            return f"'{value}"
        return value


class CommentResourceWithEmail(CommentResource):
    """For those who hold ``comments.view_email_comment``."""

    class Meta(CommentResource.Meta):
        fields = [*CommentResource.Meta.fields, "email"]
        export_order = fields
