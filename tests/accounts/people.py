"""How the people of these tests sign in."""

from django.test import Client
from django_otp import DEVICE_ID_SESSION_KEY
from django_otp.oath import totp
from django_otp.plugins.otp_totp.models import TOTPDevice

PASSWORD = "a-long-password-1"


def sign_in(client, name, password=PASSWORD, **extra):
    return client.post("/admin/login/?next=/admin/", {"username": name, "password": password}, **extra)


def may_enter(client):
    return client.get("/admin/").status_code == 200


def browser_of(account, device=None, **extra):
    """A browser in which ``account`` is signed in, with its second factor if ``device`` is given."""
    client = Client(**extra)
    client.force_login(account)
    if device:
        session = client.session
        session[DEVICE_ID_SESSION_KEY] = device.persistent_id
        session.save()
    return client


def code_of(device):
    """What the app shows now. A used code is void; the device forgets that it saw one, as if half a minute had gone."""
    TOTPDevice.objects.filter(pk=device.pk).update(last_t=-1)
    return f"{totp(device.bin_key):06d}"


def wrong_code_of(device):
    """Six digits that are right at no moment near now."""
    near = {totp(device.bin_key, t0=-30 * shift) for shift in range(-3, 4)}
    return next(f"{number:06d}" for number in range(10) if number not in near)
