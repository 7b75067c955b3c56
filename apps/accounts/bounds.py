"""How far an administrator's hand reaches: nobody gives, or takes over, a right that they do not have themselves."""

from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q


def rights_of(account):
    """The permissions an account has by itself and by its groups, also while it is not active."""
    return Permission.objects.filter(Q(user=account) | Q(group__user=account)).order_by().distinct()


def may_manage(user, account):
    """Whether ``user`` may change ``account``, its password and second factor included.

    Whoever can set a password can sign in as its owner: an account with more rights than one's own is out of reach.
    """
    if user.is_superuser:
        return True
    return not account.is_superuser and not rights_of(account).exclude(pk__in=rights_of(user)).exists()


def may_manage_group(user, group):
    return user.is_superuser or not group.permissions.exclude(pk__in=rights_of(user)).exists()


def grantable_permissions(user, also=()):
    """What ``user`` can give: their own rights, of the kinds that the desk knows; ``also`` what is given already."""
    permissions = Permission.objects.filter(Q(content_type__in=_kinds_of_the_desk()) | Q(pk__in=also))
    if not user.is_superuser:
        permissions = permissions.filter(pk__in=rights_of(user))
    return permissions.select_related("content_type").order_by("content_type__app_label", "content_type__model", "pk")


def grantable_groups(user):
    if user.is_superuser:
        return Group.objects.order_by("name")
    beyond = Permission.objects.exclude(pk__in=rights_of(user))
    return Group.objects.exclude(permissions__in=beyond).order_by("name")


def _kinds_of_the_desk():
    """Not the libraries' own tables, whose names nobody at the desk knows."""
    ours = [
        model for model in apps.get_models() if model.__module__.startswith("apps.") or admin.site.is_registered(model)
    ]
    return [kind.pk for kind in ContentType.objects.get_for_models(*ours, for_concrete_models=False).values()]
