"""Who is asking, and from where: known to the log without being handed through every call."""

from contextvars import ContextVar

from django.conf import settings
from django.utils.module_loading import import_string

request_at_hand = ContextVar("request_at_hand", default=None)


class RequestAtHandMiddleware:
    """Stands after the one that knows the user."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        token = request_at_hand.set(request)
        try:
            return self.get_response(request)
        finally:
            request_at_hand.reset(token)


def user_at_hand():
    """The account that sent the request at hand; None for a stranger, a command or a worker."""
    user = getattr(request_at_hand.get(), "user", None)
    return user if user is not None and user.is_authenticated else None


def sender_at_hand():
    """The network address it came from, by the rule that the sign-in throttle goes by; None outside a request."""
    request = request_at_hand.get()
    return request and import_string(settings.AXES_CLIENT_IP_CALLABLE)(request)
