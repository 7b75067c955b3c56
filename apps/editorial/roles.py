"""Who may do what at the desk, as data. ``manage.py accounts`` makes the database agree with it."""

from dataclasses import dataclass

from django.contrib.auth.models import Permission

from apps.content.models import Record, record_models


@dataclass(frozen=True)
class Role:
    """``acts`` on every kind of record, and ``further`` permissions by their code (``comments.view_comment``).

    ``group`` is what the role is called in the admin; a role without one has every right there is.
    """

    name: str
    group: str = ""
    acts: tuple = ()
    further: tuple = ()

    def codes(self):
        """``{"topics.change_topic", …}``: every permission of the role."""
        on_records = {
            f"{model._meta.app_label}.{act}_{model._meta.model_name}" for model in record_models() for act in self.acts
        }
        return on_records | set(self.further)

    def permissions(self):
        """The rows behind :meth:`codes`, and the codes that the database does not know."""
        known = {
            f"{each.content_type.app_label}.{each.codename}": each
            for each in Permission.objects.select_related("content_type")
        }
        codes = self.codes()
        return [known[code] for code in sorted(codes & known.keys())], sorted(codes - known.keys())


ROLES = [
    Role("administrator"),
    Role("editor", "Editors", acts=Record._meta.default_permissions),
    Role("translator", "Translators", acts=("view", "change", "export")),
    # By code: the comments live in a room above this one.
    Role(
        "moderator",
        "Moderators",
        further=(
            "comments.view_comment",
            "comments.change_comment",
            "comments.view_email_comment",
            "topics.view_topic",
            "topics.view_section",
        ),
    ),
]
