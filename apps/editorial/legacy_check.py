"""Text from an old Hindi font is pointed out where it comes in: as it is pasted, and when it is saved."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import JsonResponse
from django.urls import path
from django.views.decorators.http import require_POST

from apps.content.models import damage_message
from apps.languages.legacy import find_damage

# Sentences about one form or one pasted text.
SAID = 5


class LegacyCheckMixin:
    """For the admin class of a record. What is certain the model refuses; what is doubtful is said and saved."""

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}_check_text"
        view = self.admin_site.admin_view(require_POST(self.check_text_view))
        return [path("check-text/", view, name=name), *super().get_urls()]

    def check_text_view(self, request):
        """``{"sentences": […]}`` about the ``text`` that was pasted; it is kept nowhere."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        runs = find_damage(request.POST.get("text", ""))[:SAID]
        return JsonResponse({"sentences": [damage_message(run) for run in runs]})

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        rows = [form.instance, *(each.instance for formset in formsets for each in formset.forms if each.has_changed())]
        for sentence in [sentence for row in rows for sentence in row.doubtful_texts()][:SAID]:
            messages.warning(request, sentence)
