from django.apps import AppConfig
from django.core import checks
from django.utils.translation import gettext_lazy as _


class BackgroundConfig(AppConfig):
    name = "apps.background"
    verbose_name = _("Background work")

    def ready(self):
        from apps.background.duties import known_duties

        checks.register(known_duties)
