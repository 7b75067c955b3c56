"""Comments as a sheet: outwards only, nothing is read back from it."""

from import_export.fields import Field
from import_export.resources import ModelResource

from apps.comments.models import Comment


class CommentResource(ModelResource):
    note = Field("topic__slug", "note")
    in_reply_to = Field("parent_id", "in_reply_to")
    look_twice = Field("held_reasons_in_words", "look_twice")

    class Meta:
        model = Comment
        fields = ["id", "note", "in_reply_to", "language", "name", "text", "state", "look_twice"]
        fields += ["is_editorial", "created_at"]
        export_order = fields


class CommentResourceWithEmail(CommentResource):
    """For those who hold ``comments.view_email_comment``."""

    class Meta(CommentResource.Meta):
        fields = [*CommentResource.Meta.fields, "email"]
        export_order = fields
