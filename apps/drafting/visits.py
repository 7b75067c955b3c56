"""One visit to a form of the desk: all that the page is told beside the form, and what is left behind after it."""

from http import HTTPStatus

from django.contrib.admin.utils import unquote
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property

from apps.drafting.models import KeptText
from apps.drafting.presence import Presence

# The script in the browser reads and removes it: what it kept for this address has been saved.
SAVED_COOKIE = "typed_saved"
FORTNIGHT = int(KeptText.LONGEST.total_seconds())


class Visit:
    """``request.visit`` of somebody who is signed in. ``place`` is what the address says: object_id, language."""

    def __init__(self, request, desk, page, place):
        self.request, self.desk, self.page, self.place = request, desk, page, place
        self.object_id = object_id = place.get("object_id")
        self.saved = False
        self.presence = None
        if object_id is not None:
            self.presence = Presence(desk.model, unquote(object_id), request.user)
            self.presence.writes = page == "translate"  # another form says so itself

    @cached_property
    def kept(self):
        """What this person had typed here when their session was gone, a :class:`KeptText` or ``None``."""
        if self.request.method != "GET":
            return None
        lately = timezone.now() - KeptText.LONGEST
        kept = KeptText.objects.filter(user=self.request.user, path=self.request.path, at__gt=lately).first()
        may_write = kept and self.desk.may_write(self.request, self.page, **self.place)
        return kept if may_write else None

    @property
    def typed(self):
        """The fields that the form shows in place of the record's own; ``None`` for a first visit."""
        return self.kept and self.kept.fields

    @property
    def open_path(self):
        return self.object_id and self._path("open", self.object_id)

    @property
    def discard_path(self):
        return self._path("discard_typed")

    def was_saved(self, response):
        """A form leads on once it has saved: to the start only if its record is gone. A pop-up window just closes."""
        if isinstance(response, HttpResponseRedirect):
            start = reverse("admin:index", current_app=self.desk.admin_site.name)
            return self.request.method == "POST" and response.url != start
        return self.saved and response.status_code == HTTPStatus.OK

    def end(self, response):
        """What the answer leaves behind: somebody who has the form open, or nothing once it is saved."""
        if self.was_saved(response):
            KeptText.objects.filter(user=self.request.user, path=self.request.path).delete()
            if self.presence:
                self.presence.leave()
            self._tell_the_browser(response)
        elif self.presence and self.request.method == "GET" and response.status_code == HTTPStatus.OK:
            self.presence.open()

    def _tell_the_browser(self, response):
        secure = self.request.is_secure()
        response.set_cookie(SAVED_COOKIE, "1", path=self.request.path, max_age=FORTNIGHT, secure=secure, samesite="Lax")

    def _path(self, page, *arguments):
        opts = self.desk.opts
        name = f"admin:{opts.app_label}_{opts.model_name}_{page}"
        return reverse(name, args=arguments, current_app=self.desk.admin_site.name)
