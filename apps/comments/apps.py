from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CommentsConfig(AppConfig):
    name = "apps.comments"
    verbose_name = _("Comments")

    def ready(self):
        from apps.comments.sheet import CommentSheet
        from apps.spreadsheets.outward import outward

        outward[self.get_model("Comment")] = CommentSheet
