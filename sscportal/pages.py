"""The pages that belong to no room: the start page, the page about the portal, and the pages of errors."""

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.http import HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.views.generic import TemplateView

from apps.content.page_cache import CachedPageMixin
from apps.drafting.typed import has_secrets, typed_fields
from apps.events.models import Event
from apps.glossary.models import GlossaryTerm
from apps.languages.fields import language_codes
from apps.organisations.models import Organisation
from apps.publishing.views import moved


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


def error_page(request, status, template="", **context):
    """An error in the language of the address; without one, in the language the browser asks for. No database."""
    language = next(
        (code for code in language_codes() if request.path_info.startswith(f"/{code}/")),
        translation.get_language_from_request(request),
    )
    with translation.override(language):
        context["LANGUAGE_CODE"] = language
        return render(request, template or f"{status}.html", context, status=status)


def bad_request(request, exception=None):
    too_long = isinstance(exception, RequestDataTooBig | TooManyFieldsSent)
    return error_page(request, 413 if too_long else 400)


def permission_denied(request, exception=None):
    return error_page(request, 403)


def stale_form(request, reason=""):
    """What Django's protection of forms refuses: a page that takes none, or a form whose session has ended.

    A form of the desk (somebody signed in anew in another tab) can be sent once more with what was typed in it: if it
    came from our own page, which another site can't pretend, and if it asks for no password.
    """
    of_desk = request.path.startswith(reverse("admin:index")) and is_from_here(request)
    typed = typed_fields(request.POST) if of_desk and not has_secrets(request.POST) else None
    return error_page(request, 403, "stale_form.html", typed=typed, has_files=bool(typed and request.FILES))


def is_from_here(request):
    """Whether the browser says that the form stood on a page of this portal. Every one of today says it."""
    return request.headers.get("Origin") in {settings.SITE_URL, f"{request.scheme}://{request.get_host()}"}


def page_not_found(request, exception=None):
    new = moved(request.path)
    if not new:
        return error_page(request, 404)
    # Asked again each time: a record may take its old address again, and a browser that remembers would go in circles.
    return HttpResponsePermanentRedirect(new, headers={"Cache-Control": "no-cache"})


def server_error(request):
    return error_page(request, 500)
