"""Who may do what at the desk, as data. A migration makes the groups; :func:`give_new_rights` keeps them current.

What the rights mean for one record is answered in :mod:`apps.editorial.rights`.
"""

from dataclasses import dataclass

from django.contrib.auth import get_permission_codename
from django.contrib.auth.models import Group, Permission
from django.utils.translation import gettext_noop

from apps.accounts.labels import translators_group
from apps.content.models import Content, record_models
from apps.languages.fields import language_codes
from apps.translations.models import translate_codename

ALL_ACTS = Content._meta.default_permissions
# By code: the rooms that own them stand beside or above this one.
SEE_COMMENTS = ("comments.view_comment",)
MODERATE = (*SEE_COMMENTS, "comments.change_comment", "comments.view_email_comment")
SEE_MINOR_EDITS = ("translations.view_minoredit",)
SEE_BATCHES = ("spreadsheets.view_batch",)
SEE_TO_TASKS = ("background.view_queuedtask", "background.change_queuedtask")
KEEP_ACCOUNTS = (
    *(f"auth.{act}_{kind}" for act in ("view", "add", "change", "delete") for kind in ("user", "group")),
    "accounts.view_signinrule",
    "accounts.change_signinrule",
    "audit.view_entry",
)


@dataclass(frozen=True)
class Role:
    """``acts`` on every kind of record that knows them, ``into`` the codes of languages to translate into, and
    ``further`` permissions by their code. ``group`` is its name in the database; people read its translation.
    """

    name: str
    group: str
    acts: tuple = ()
    into: tuple = ()
    further: tuple = ()

    def codes(self):
        """``{"topics.change_topic", …}``: every permission of the role."""
        on_records = {
            f"{model._meta.app_label}.{get_permission_codename(act, model._meta)}"
            for model in record_models()
            for act in self.acts
            if act in model._meta.default_permissions and not (act == "add" and self.adds_through_the_whole(model))
        }
        return on_records | {f"translations.{translate_codename(code)}" for code in self.into} | set(self.further)

    def adds_through_the_whole(self, model):
        """A part (a section) is added by whoever may change its whole; by itself it could be put into anybody's."""
        return bool(model.whole_relation) and "change" not in self.acts

    def permissions(self, known=None):
        """The rows behind :meth:`codes`, as far as the database has them."""
        known = known or known_permissions()
        return [known[code] for code in sorted(self.codes() & known.keys())]


def roles():
    """Every role there is; the translators' are as many as the portal has languages."""
    languages = tuple(language_codes())
    return [
        Role(
            "administrator",
            gettext_noop("Administrators"),
            acts=ALL_ACTS,
            into=languages,
            further=(
                *(*MODERATE, "comments.delete_comment", "comments.export_comment"),
                *(*SEE_MINOR_EDITS, *SEE_BATCHES, *SEE_TO_TASKS, *KEEP_ACCOUNTS),
            ),
        ),
        Role(
            "editor",
            gettext_noop("Editors"),
            acts=ALL_ACTS,
            into=languages,
            further=(*SEE_COMMENTS, *SEE_MINOR_EDITS, *SEE_BATCHES),
        ),
        Role(
            "author",
            gettext_noop("Authors"),
            acts=("view", "add", "change_own", "export"),
            further=SEE_COMMENTS,
        ),
        Role("reviewer", gettext_noop("Reviewers"), acts=("view", "review", "publish", "export")),
        *(
            Role(f"translator-{code}", translators_group(code), acts=("view", "export"), into=(code,))
            for code in languages
        ),
        Role("moderator", gettext_noop("Moderators"), further=(*MODERATE, "topics.view_topic", "topics.view_section")),
    ]


def known_permissions():
    """``{"topics.change_topic": <Permission>, …}``: what the database has."""
    permissions = Permission.objects.select_related("content_type")
    return {f"{each.content_type.app_label}.{each.codename}": each for each in permissions}


def give_all_rights():
    """Makes the groups of the roles and gives each what it lacks; what somebody added to one stays."""
    known = known_permissions()
    for role in roles():
        Group.objects.get_or_create(name=role.group)[0].permissions.add(*role.permissions(known))


def give_new_rights():
    """What no group can have had yet: the rights to a new kind of record, and those to a new language.

    Only these, so that what an administrator took from a group, or gave another, stays as they want it.
    """
    if not Group.objects.exists():
        return give_all_rights()
    settled = set(Permission.objects.filter(group__isnull=False).values_list("content_type", flat=True))
    groups = {group.name: group for group in Group.objects.all()}
    known = known_permissions()
    new_languages = [code for code in language_codes() if translators_group(code) not in groups]
    new_codes = {f"translations.{translate_codename(code)}" for code in new_languages}
    fresh = {code: row for code, row in known.items() if row.content_type_id not in settled or code in new_codes}
    for role in roles():
        group = groups.get(role.group)
        if group:
            group.permissions.add(*role.permissions(fresh))
        elif set(role.into) & set(new_languages):
            Group.objects.create(name=role.group).permissions.add(*role.permissions(known))
    return None
