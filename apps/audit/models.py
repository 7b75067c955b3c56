"""What was done at the desk, and by whom."""

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from apps.audit.request_at_hand import sender_at_hand, user_at_hand
from apps.audit.verbs import verbs

LABEL_LENGTH = 200


class WrittenOnce(Exception):
    """Somebody tried to change or delete an entry."""


class EntryQuerySet(models.QuerySet):
    def write(self, verb, *, by, about, details):
        by = by or user_at_hand()
        return self.create(
            verb=verb,
            by=by,
            by_name=by.get_username() if by else "",
            content_type=about and ContentType.objects.get_for_model(about),
            object_id=str(about.pk) if about else "",
            about_label=str(about)[:LABEL_LENGTH] if about else "",
            sender=sender_at_hand(),
            details=details,
        )

    def forget_before(self, moment):
        """Deletes what is older than ``moment`` and returns how many that was: the one way out of the log."""
        count, _by_model = models.QuerySet.delete(self.filter(at__lt=moment))
        return count

    def update(self, **kwargs):
        raise WrittenOnce("The audit log can't be changed.")

    def delete(self):
        raise WrittenOnce("The audit log can't be shortened; see manage.py forget_audit.")

    delete.alters_data = delete.queryset_only = True


class Entry(models.Model):
    """One thing that was done: written once, never changed. What it names stays readable after the named is gone."""

    at = models.DateTimeField(_("time"), default=timezone.now, db_index=True)
    verb = models.CharField(_("what was done"), max_length=40, choices=verbs, db_index=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("account")
    )
    by_name = models.CharField(_("by whom"), max_length=150, blank=True)
    content_type = models.ForeignKey(
        ContentType, models.SET_NULL, null=True, related_name="+", verbose_name=_("kind of record")
    )
    object_id = models.CharField(_("record"), max_length=64, blank=True)
    about = GenericForeignKey()
    about_label = models.CharField(_("to what"), max_length=LABEL_LENGTH, blank=True)
    sender = models.GenericIPAddressField(_("from the address"), null=True)
    details = models.JSONField(_("details"), default=dict, blank=True, encoder=DjangoJSONEncoder)

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("audit entry")
        verbose_name_plural = _("audit entries")
        default_permissions = ("view",)
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["content_type", "object_id"], name="audit_about")]

    def __str__(self):
        return f"{self.by_name}: {self.get_verb_display()}" if self.by_name else str(self.get_verb_display())

    def save(self, *args, **kwargs):
        if not self._state.adding:
            raise WrittenOnce("An entry of the audit log can't be changed.")
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise WrittenOnce("An entry of the audit log can't be deleted; see manage.py forget_audit.")
