"""The one place that keeps whoever has not signed in fully away from the desk."""

from functools import cache

from django.contrib.auth.models import AnonymousUser
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.http import urlencode

from apps.accounts.second_factor import CODE, SET_UP, missing_step

LEADS_TO = {CODE: "second_factor:code", SET_UP: "second_factor:set_up"}
OPEN = {
    CODE: {"second_factor:code", "admin:login", "admin:logout"},
    SET_UP: {"second_factor:set_up", "second_factor:confirm", "admin:login", "admin:logout"},
}


class SecondFactorGate:
    """Every address under the admin's, whatever the method and whoever answers there, waits for the missing step;
    everywhere else such a user is a stranger. Stands after django-otp's middleware.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if not _is_desk(request):
            user = request.user
            request.user = SimpleLazyObject(lambda: AnonymousUser() if missing_step(user) else user)
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if not _is_desk(request):
            return None
        step = missing_step(request.user)
        if step is None or request.resolver_match.view_name in OPEN[step]:
            return None
        # What was sent can't be sent again by the browser; where it was asked for can be asked for again.
        there = request.get_full_path() if request.method == "GET" else reverse("admin:index")
        return redirect(f"{reverse(LEADS_TO[step])}?{urlencode({'next': there})}")


def _is_desk(request):
    return request.path.startswith(_desk_path())


@cache  # asked at every public page
def _desk_path():
    return reverse("admin:index")
