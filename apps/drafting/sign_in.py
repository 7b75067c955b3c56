"""A form that came without a session: the sign-in page carries what was typed, and after it the form has it again.

Nothing is stored for a stranger: until the sign-in has succeeded, the text travels in the page.
"""

import copy

from django.contrib import messages
from django.http import QueryDict
from django.urls import Resolver404, resolve, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from apps.drafting.models import KeptText
from apps.drafting.typed import FIELD, seal, unseal


def ask_to_sign_in(request, site, fields):
    """The sign-in page in answer to a form: what was typed goes along, and then back to the form."""
    asked = copy.copy(request)
    asked.method, asked.GET, asked.POST = "GET", QueryDict(), QueryDict()
    words = {
        FIELD: seal(request.path, fields),
        "came_from_a_form": True,
        "app_path": reverse("admin:login", current_app=site.name),
        "next": request.get_full_path(),
    }
    response = site.login(asked, extra_context=words)
    response.status_code = 403  # what was asked for was not done
    return response


def keep_what_was_typed(sender, request, user, **kwargs):
    """The password (and the code, where one is asked for) was right."""
    found = unseal(request.POST.get(FIELD, "")) if request.method == "POST" else None
    if found is None:
        return
    path, fields = found
    if not may_write_at(request, path):
        messages.warning(
            request,
            _("What had been typed before you signed in was not kept: this account may not change that record."),
            fail_silently=True,
        )
        return
    KeptText.objects.forget_old()
    KeptText.objects.update_or_create(user=user, path=path, defaults={"data": fields, "at": timezone.now()})


def form_at(path):
    """``(desk, page, {"object_id": …})`` of the desk's form at ``path``; ``None`` for any other address."""
    try:
        match = resolve(path)
    except Resolver404:
        return None
    desk = getattr(match.func, "keeps_typed_text_of", None)
    return desk and (desk, match.func.page, match.kwargs)


def may_write_at(request, path):
    found = form_at(path)
    if found is None or len(path) > KeptText._meta.get_field("path").max_length:
        return False
    desk, page, place = found
    return desk.may_write(request, page, **place)
