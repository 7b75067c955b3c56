from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PublishingConfig(AppConfig):
    name = "apps.publishing"
    verbose_name = _("Publishing")

    def ready(self):
        from apps.publishing import history

        history.begin()
