"""Who may do what with a record: the one place that says it, for form, list, sheet, preview and every other address.

============  ==========================================================================================
act           who may
============  ==========================================================================================
view          whoever has the right “view”, or may change the record
add           “add”; a part (a section, a citation) is added by whoever may change its whole
change        “change”; or “change own”, if they made the record themselves; a part goes by its whole
delete        “delete”; a part by whoever may change its whole
import        “import”, on the kind of record: a sheet writes any row; and “publish”, where rows are published
export        “export”, on the kind of record
review        “review”: to return a draft with comments
publish       “publish”: to put before readers, to withdraw, to schedule; without it a change waits as a draft
translate     “translate into” the language, and “view”; or whoever may change the record
============  ==========================================================================================

What has no line is one of these: previews, comparing and the history are “view”; restoring a version, bulk actions and
list editing are “change”; looking a record up (autocomplete) is “view”. An account with all rights (a superuser) may
do everything, one that is not active nothing.
"""

from django.contrib.auth import get_permission_codename

from apps.content.models import Content, content_models
from apps.translations.models import translate_codename

ACTS = (*Content._meta.default_permissions, "translate")
OF_THE_WHOLE = {"add", "change", "delete"}


def may(user, act, about, language=None):
    """Whether ``user`` may do ``act`` to ``about``: a record, or a kind of record for "at least to some of them".

    ``language``: the code that ``translate`` goes into.
    """
    if act == "translate":
        into = user.has_perm(f"translations.{translate_codename(language)}")
        return may(user, "change", about) or (into and may(user, "view", about))
    if act == "import" and "publish" in about._meta.default_permissions and not _has(user, "publish", about):
        return False
    if _has(user, act, about):
        return True
    if act == "view":
        return may(user, "change", about)
    if act == "change" and _has(user, "change_own", about):
        return isinstance(about, type) or about.created_by_id == user.pk
    return act in OF_THE_WHOLE and any(may(user, "change", whole) for whole in _wholes(about))


def own_only(user, model):
    """Whether ``user`` may change, of ``model``, only what they made themselves: a list is narrowed by it."""
    return not _has(user, "change", model) and _has(user, "change_own", model)


def _has(user, act, about):
    opts = about._meta
    known = act in opts.default_permissions and user.is_active
    return known and user.has_perm(f"{opts.app_label}.{get_permission_codename(act, opts)}")


def _wholes(about):
    """What ``about`` is a part of: the record, or for a kind of record those that it can be a part of."""
    if not about.whole_relation:
        return []
    if not isinstance(about, type):
        whole = about.whole
        return [] if whole in (None, about) else [whole]
    related = about._meta.get_field(about.whole_relation).related_model
    return [related] if related else content_models()
