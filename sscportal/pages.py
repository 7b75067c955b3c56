"""The pages that belong to no room: the start page, the page about the portal, and the pages of errors."""

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.shortcuts import render
from django.utils import translation
from django.views.generic import TemplateView

from apps.content.page_cache import CachedPageMixin
from apps.events.models import Event
from apps.glossary.models import GlossaryTerm
from apps.languages.fields import language_codes
from apps.organisations.models import Organisation


class Home(CachedPageMixin, TemplateView):
    template_name = "home.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            organisation_count=Organisation.objects.published().count(),
            event_count=Event.objects.published().count(),
            term_count=GlossaryTerm.objects.published().count(),
            **kwargs,
        )


class About(CachedPageMixin, TemplateView):
    template_name = "about.html"


def error_page(request, status, template=""):
    """An error in the language of the address; without one, in the language the browser asks for. No database."""
    language = next(
        (code for code in language_codes() if request.path_info.startswith(f"/{code}/")),
        translation.get_language_from_request(request),
    )
    with translation.override(language):
        return render(request, template or f"{status}.html", {"LANGUAGE_CODE": language}, status=status)


def bad_request(request, exception=None):
    too_long = isinstance(exception, RequestDataTooBig | TooManyFieldsSent)
    return error_page(request, 413 if too_long else 400)


def permission_denied(request, exception=None):
    return error_page(request, 403)


def stale_form(request, reason=""):
    """What Django's protection of forms refuses: a page that takes none, or a form whose session has ended."""
    return error_page(request, 403, "stale_form.html")


def page_not_found(request, exception=None):
    return error_page(request, 404)


def server_error(request):
    return error_page(request, 500)
