"""Who else has the form of a record open."""

from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.formats import time_format
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from apps.drafting.models import OpenForm


class Presence:
    """One look at one form: who else is there, and the note that this person is.

    Two queries in all. They are read while the page is made and written after it, because a draft's form is made
    inside a transaction that is rolled back.
    """

    def __init__(self, model, object_id, user):
        self.model, self.object_id, self.user = model, object_id, user
        self.opened_at = timezone.now()
        # Whoever may only look is told who writes, and is not shown as somebody who does.
        self.writes = False

    @cached_property
    def sentences(self):
        rows = OpenForm.objects.at(self.model, self.object_id).recent().filter(user__is_active=True)
        return [sentence(row) for row in rows.exclude(user=self.user).select_related("user").order_by("opened_at")]

    def open(self):
        if self.writes:
            self._note(seen_at=self.opened_at, opening=True)

    def beat(self, opened_at):
        """Still open, in the window that was opened at that time."""
        if self.writes:
            self.opened_at = min(moment(opened_at) or self.opened_at, self.opened_at)
            self._note(seen_at=timezone.now(), opening=False)
        OpenForm.objects.forget_old()

    def close(self, opened_at):
        """Closed, unless it was opened anew since: a page that is loaded again says goodbye after it has arrived."""
        OpenForm.objects.at(self.model, self.object_id).filter(user=self.user, opened_at=moment(opened_at)).delete()

    def leave(self):
        OpenForm.objects.at(self.model, self.object_id).filter(user=self.user).delete()

    def _note(self, **times):
        OpenForm.objects.note(self.model, self.object_id, self.user, opened_at=self.opened_at, **times)


def sentence(row):
    words = {"name": row.user.get_full_name() or row.user.get_username()}
    words["time"] = time_format(timezone.localtime(row.opened_at), "TIME_FORMAT")
    if row.seen_at == row.opened_at:  # without JavaScript nothing more is heard of it
        return _("%(name)s opened this form at %(time)s.") % words
    return _("%(name)s has had this form open since %(time)s.") % words


def moment(text):
    """The time that a browser says, ``None`` if it is none."""
    try:
        found = parse_datetime(text)
    except ValueError:
        return None
    return found if found and timezone.is_aware(found) else None
