"""A link to a draft for somebody without an account. It is signed, says nothing about the record, and expires."""

from django.apps import apps
from django.contrib.auth import get_user_model
from django.core import signing
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import override

from apps.languages.fields import language_codes, own_name

SALT = "apps.publishing.shared"
DAYS = 7


def links(record, user):
    """``[{"code", "name", "path"}, …]``: the same link in each language, made by ``user``, good for :data:`DAYS`."""
    return links_of(signing.dumps([record._meta.label_lower, str(record.pk), user.pk], salt=SALT))


def links_of(key):
    found = []
    for code in language_codes():
        with override(code):
            found.append({"code": code, "name": own_name(code), "path": reverse("publishing:shared", args=[key])})
    return found


def shared(key):
    """The record behind ``key``; ``None`` for one that is forged, too old, whose maker left, or that is gone."""
    try:
        label, pk, maker = signing.loads(key, salt=SALT, max_age=DAYS * 24 * 3600)
        model = apps.get_model(label)
    except (signing.BadSignature, ValueError, LookupError):
        return None
    if not get_user_model().objects.filter(pk=maker, is_active=True, is_staff=True).exists():
        return None
    try:
        return model.objects.filter(pk=pk).first()
    except ValidationError:
        return None
