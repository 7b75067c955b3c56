"""Who must prove more than a password, and who guessed wrong of late."""

from django.contrib.auth.models import Group
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class SignInRule(models.Model):
    """Who has to give a second factor at sign-in. There is one row; an administrator changes it."""

    everyone = models.BooleanField(
        _("everyone at the desk"),
        default=False,
        help_text=_("Whoever has no second factor is led to set one up before anything else."),
    )
    groups = models.ManyToManyField(
        Group, blank=True, related_name="+", verbose_name=_("groups"), help_text=_("Members of these groups must too.")
    )

    class Meta:
        verbose_name = _("rule for signing in")
        verbose_name_plural = _("rules for signing in")
        default_permissions = ("view", "change")
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="sign_in_rule_once")]

    def __str__(self):
        return str(_("Second factor at sign-in"))

    @classmethod
    def only(cls):
        return cls.objects.get_or_create(pk=1)[0]

    @classmethod
    def about(cls, user_pk):
        """The rows that oblige the account ``user_pk`` (a value or an OuterRef)."""
        return cls.objects.filter(Q(everyone=True) | Q(groups__user=user_pk))


class FailedSignInQuerySet(models.QuerySet):
    def of(self, name, browser, *, since):
        return self.filter(name=name, browser=browser, at__gt=since)


class FailedSignIn(models.Model):
    """A wrong password for a name, which may be nobody's; forgotten when its time is over."""

    name = models.CharField(max_length=150)
    # The browser's sign, if it had signed in under this name before; all others share the empty one.
    browser = models.CharField(max_length=32, blank=True)
    at = models.DateTimeField(default=timezone.now, db_index=True)

    objects = FailedSignInQuerySet.as_manager()

    class Meta:
        verbose_name = _("failed sign-in")
        verbose_name_plural = _("failed sign-ins")
        default_permissions = ()
        indexes = [models.Index(fields=["name", "browser", "at"], name="failed_sign_in_of")]

    def __str__(self):
        return f"{self.name} {self.at:%Y-%m-%d %H:%M}"
