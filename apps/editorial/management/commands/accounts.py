"""``manage.py accounts``: the groups of :mod:`apps.editorial.roles`, and one account per role to try the desk with."""

import secrets

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from apps import audit
from apps.accounts.changes import log_changes, standing_of
from apps.editorial.roles import known_permissions, roles


class Command(BaseCommand):
    help = "Makes one demo account per role. Random passwords are printed once; an existing account keeps its own."

    @transaction.atomic
    def handle(self, *args, **options):
        known = known_permissions()
        for role in roles():
            group = self.make_group(role, known)
            self.make_account(role, group)

    def make_group(self, role, known):
        """With the rights of its role, and no other: this is the way back for whoever changed too much."""
        unknown = role.codes() - known.keys()
        if unknown:
            raise CommandError(
                f"The database lacks permissions ({', '.join(sorted(unknown))}). Run 'manage.py migrate' first."
            )
        group, created = Group.objects.get_or_create(name=role.group)
        before = standing_of(group)
        group.permissions.set(role.permissions(known))
        if created:
            audit.log(audit.Verb.GROUP_ADDED, about=group, **standing_of(group))
        else:
            log_changes(group, before)
        return group

    def make_account(self, role, group):
        account, created = get_user_model().objects.get_or_create(
            username=f"demo-{role.name}", defaults={"is_staff": True}
        )
        before = standing_of(account)
        account.groups.add(group)
        if created:
            password = secrets.token_urlsafe(12)
            account.set_password(password)
            account.save()
            audit.log(audit.Verb.ACCOUNT_ADDED, about=account, **standing_of(account))
            self.stdout.write(f"{account.username}: password {password}")
        else:
            log_changes(account, before)
            self.stdout.write(f"{account.username}: exists already and keeps its password")
