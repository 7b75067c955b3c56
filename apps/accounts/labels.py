"""What groups and permissions are called in the reader's language: the database keeps one name, in English."""

from django.conf import settings
from django.contrib.auth import get_permission_codename
from django.utils.text import capfirst
from django.utils.translation import gettext, override, pgettext, pgettext_lazy

ACTS = {
    "add": pgettext_lazy("right", "add"),
    "change": pgettext_lazy("right", "change"),
    "change_own": pgettext_lazy("right", "change what they made themselves"),
    "delete": pgettext_lazy("right", "delete"),
    "view": pgettext_lazy("right", "see"),
    "import": pgettext_lazy("right", "import"),
    "export": pgettext_lazy("right", "export"),
    "review": pgettext_lazy("right", "review"),
    "publish": pgettext_lazy("right", "publish and withdraw"),
}
TRANSLATE_INTO = "translate_into_"


def translators_group(code):
    """The name in the database of the group that translates into the language ``code``: ``Translators into Hindi``."""
    with override("en"):
        return f"Translators into {dict(settings.LANGUAGES)[code]}"


def group_label(group):
    """A role's name in the reader's language; the name of any other group as its maker wrote it."""
    for code, language in settings.LANGUAGES:
        if group.name == translators_group(code):
            return gettext("Translators into %(language)s") % {"language": language}
    return gettext(group.name) if group.name else ""


def permission_label(permission):
    """``Study note: publish and withdraw``."""
    model = permission.content_type.model_class()
    kind = capfirst(model._meta.verbose_name) if model else permission.content_type.model
    return pgettext("a right", "%(kind)s: %(act)s") % {"kind": kind, "act": _act(permission, model)}


def _act(permission, model):
    if permission.codename.startswith(TRANSLATE_INTO):
        languages = dict(settings.LANGUAGES)
        code = permission.codename.removeprefix(TRANSLATE_INTO)
        return gettext("translate into %(language)s") % {"language": languages.get(code, code)}
    for act, label in ACTS.items() if model else ():
        if permission.codename == get_permission_codename(act, model._meta):
            return label
    declared = dict(model._meta.permissions) if model else {}
    return declared.get(permission.codename, permission.name)
