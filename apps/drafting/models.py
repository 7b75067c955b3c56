"""What stands around a form of the desk: who has it open, and what was typed into it but not saved."""

from datetime import timedelta

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class OpenFormQuerySet(models.QuerySet):
    def at(self, model, object_id):
        return self.filter(content_type=ContentType.objects.get_for_model(model), object_id=object_id)

    def recent(self):
        """Those whose browser was heard of lately: one that was switched off says no goodbye."""
        return self.filter(seen_at__gt=timezone.now() - OpenForm.LATELY)

    def forget_old(self):
        self.filter(seen_at__lte=timezone.now() - OpenForm.LATELY).delete()

    def note(self, model, object_id, user, *, opened_at, seen_at, opening):
        """One statement, whether the row exists or not; ``opening`` begins its time anew."""
        row = OpenForm(
            content_type=ContentType.objects.get_for_model(model),
            object_id=object_id,
            user=user,
            opened_at=opened_at,
            seen_at=seen_at,
        )
        self.bulk_create(
            [row],
            update_conflicts=True,
            unique_fields=["content_type", "object_id", "user"],
            update_fields=["opened_at", "seen_at"] if opening else ["seen_at"],
        )


class OpenForm(models.Model):
    """Somebody has the form of a record open."""

    LATELY = timedelta(minutes=10)

    content_type = models.ForeignKey(ContentType, models.CASCADE, verbose_name=_("kind of record"))
    object_id = models.UUIDField(_("record"))
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("user"))
    opened_at = models.DateTimeField(_("opened at"))
    seen_at = models.DateTimeField(_("last heard of"), db_index=True)

    objects = OpenFormQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        verbose_name = _("open form")
        verbose_name_plural = _("open forms")
        constraints = [models.UniqueConstraint(fields=["content_type", "object_id", "user"], name="open_form_once")]

    def __str__(self):
        return f"{self.user} · {self.object_id}"


class KeptTextQuerySet(models.QuerySet):
    def forget_old(self):
        self.filter(at__lte=timezone.now() - KeptText.LONGEST).delete()


class KeptText(models.Model):
    """What somebody had typed into a form of the desk when their session was gone, until they save or discard it."""

    LONGEST = timedelta(days=14)

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("user"))
    path = models.CharField(_("address of the form"), max_length=300)
    data = models.JSONField(_("fields"), help_text=_("Each name with its values, as the browser sent them."))
    at = models.DateTimeField(_("kept at"), default=timezone.now)

    objects = KeptTextQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        verbose_name = _("kept text")
        verbose_name_plural = _("kept texts")
        constraints = [models.UniqueConstraint(fields=["user", "path"], name="kept_text_once")]

    def __str__(self):
        return f"{self.user} · {self.path}"

    @property
    def fields(self):
        """The same as a form expects it."""
        fields = QueryDict(mutable=True)
        for name, values in self.data:
            fields.setlist(name, values)
        return fields
