"""People with accounts, and their browsers."""

import pytest
from django.contrib.auth.models import Group, Permission

from apps.accounts import second_factor
from tests.accounts.people import PASSWORD, browser_of


@pytest.fixture
def account(django_user_model):
    """``account("meera", "Editors", rights=["auth.change_user"])``"""

    def make(name, *groups, rights=(), **fields):
        fields = {"is_staff": True} | fields
        made = django_user_model.objects.create_user(name, f"{name}@portal.example", PASSWORD, **fields)
        made.groups.set([Group.objects.get(name=group) for group in groups])
        made.user_permissions.set([permission(right) for right in rights])
        return made

    return make


def permission(right):
    app, code = right.split(".")
    return Permission.objects.get(content_type__app_label=app, codename=code)


@pytest.fixture
def administrator(account):
    return account("anjali", "Administrators")


@pytest.fixture
def administration(administrator):
    """The browser of an administrator who is no superuser."""
    return browser_of(administrator)


@pytest.fixture
def device():
    """``device(account)``: a second factor that is set up."""

    def make(owner):
        made = second_factor.begin(owner)
        made.confirmed = True
        made.save()
        return made

    return make
