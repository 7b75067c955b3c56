from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class EditorialConfig(AppConfig):
    name = "apps.editorial"
    verbose_name = _("Editorial desk")

    def ready(self):
        from apps.editorial.sheets import Drafts, bringing, questions_about
        from apps.spreadsheets import rights, working
        from apps.spreadsheets.translators import questions

        rights.rules.append(bringing)
        questions.rules.append(questions_about)
        working.desk.keeper = Drafts()
        post_migrate.connect(_after_the_last_app, dispatch_uid="apps.editorial.roles")


def _after_the_last_app(sender, **kwargs):
    """The signal comes once for each app, in their order; with the last, every kind of record has its permissions."""
    if sender == [config for config in apps.get_app_configs() if config.models_module][-1]:
        from apps.editorial.roles import give_new_rights

        give_new_rights()
