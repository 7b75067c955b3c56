"""Whom the throttles count: where a request comes from, and under which name somebody tries to sign in."""

from ipaddress import ip_address, ip_network

from django.conf import settings

NAME_LENGTH = 150


def sender_address(request):
    """The address of whoever sent ``request``.

    X-Forwarded-For is written by anybody; only the entries that our own proxies appended (``PROXY_COUNT`` of them,
    counted from the right) are believed, and only if they are addresses: PostgreSQL stores nothing else.
    """
    forwarded = request.headers.get("X-Forwarded-For", "").split(",")
    if settings.PROXY_COUNT and len(forwarded) >= settings.PROXY_COUNT:
        try:
            return _place(forwarded[-settings.PROXY_COUNT].strip())
        except ValueError:
            pass
    try:
        return _place(request.META.get("REMOTE_ADDR", ""))
    except ValueError:  # a Unix socket has none
        return None


def typed_name(request, credentials=None):
    """The name in a sign-in form, as long as a name can be: the throttle's table refuses more with an error."""
    name = (credentials or request.POST).get("username")
    return name and name[:NAME_LENGTH]


def _place(address):
    """Whoever has one IPv6 address has 2**64: the network stands for them all."""
    address = ip_address(address)
    address = getattr(address, "ipv4_mapped", None) or address
    return str(address) if address.version == 4 else str(ip_network((address, 64), strict=False).network_address)
