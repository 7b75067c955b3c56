from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "apps.accounts"
    verbose_name = _("Accounts")

    def ready(self):
        from django.contrib.auth.models import Group, Permission

        from apps.accounts import labels, throttle  # noqa: F401

        # What stands in forms, filters, breadcrumbs and messages alike: Django asks nobody else for these words.
        Group.__str__ = labels.group_label
        Permission.__str__ = labels.permission_label
