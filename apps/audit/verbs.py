"""What can have been done. A new verb is one line here; its code stays in the log for ever."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Verb(TextChoices):
    PASSWORD_GIVEN = "password_given", _("gave the password")
    SIGNED_IN = "signed_in", _("signed in")
    SIGN_IN_FAILED = "sign_in_failed", _("failed to sign in")
    SIGNED_OUT = "signed_out", _("signed out")
    LOCKED_OUT = "locked_out", _("locked out after too many wrong passwords")
    PASSWORD_CHANGED = "password_changed", _("password changed")
    PASSWORD_LINK_SENT = "password_link_sent", _("sent a link to set a password")
    SECOND_FACTOR_GIVEN = "second_factor_given", _("gave the second factor")
    SECOND_FACTOR_FAILED = "second_factor_failed", _("gave a wrong second factor")
    SECOND_FACTOR_ADDED = "second_factor_added", _("set up the second factor")
    SECOND_FACTOR_REMOVED = "second_factor_removed", _("removed the second factor")
    RECOVERY_CODES_MADE = "recovery_codes_made", _("made new recovery codes")
    SIGN_IN_RULE_CHANGED = "sign_in_rule_changed", _("changed who must give a second factor")
    ACCOUNT_ADDED = "account_added", _("account added")
    ACCOUNT_CHANGED = "account_changed", _("account changed")
    ACCOUNT_DEACTIVATED = "account_deactivated", _("account deactivated")
    ACCOUNT_ACTIVATED = "account_activated", _("account activated")
    ACCOUNT_DELETED = "account_deleted", _("account deleted")
    ROLE_CHANGED = "role_changed", _("roles or rights changed")
    GROUP_ADDED = "group_added", _("group added")
    GROUP_DELETED = "group_deleted", _("group deleted")
    COMMENT_DECIDED = "comment_decided", _("decided about a comment")
    COMMENT_ANSWERED = "comment_answered", _("answered a comment")
    IMPORTED = "imported", _("imported")
    UNDONE = "undone", _("undid an import")
    EXPORTED = "exported", _("exported")
    REVIEW_ASKED = "review_asked", _("asked for a review")
    SENT_BACK = "sent_back", _("sent back")
    PUBLISHED = "published", pgettext_lazy("audit log", "published")
    WITHDRAWN = "withdrawn", _("withdrawn")
    DISCARDED = "discarded", _("discarded the draft")
    RESTORED = "restored", _("restored an earlier version")
    DELETED = "deleted", _("deleted")
    MINOR_EDIT = "minor_edit", _("kept translations current after a minor edit")
    MINOR_EDIT_UNDONE = "minor_edit_undone", _("undid a minor edit")


def verbs():
    """The choices of a column, as a function: a new verb needs no migration."""
    return Verb.choices
