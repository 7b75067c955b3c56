from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in
from django.utils.translation import gettext_lazy as _


class DraftingConfig(AppConfig):
    name = "apps.drafting"
    verbose_name = _("Open forms and kept texts")

    def ready(self):
        from apps.drafting import sign_in

        user_logged_in.connect(sign_in.keep_what_was_typed, dispatch_uid="drafting.kept")
