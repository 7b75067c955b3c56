"""The groups of the roles. Permissions come only after all migrations by themselves, so they are made here first."""

from django.apps import apps as current_apps
from django.contrib.auth.management import create_permissions
from django.db import migrations


def make_groups(apps, schema_editor):
    from apps.editorial.roles import give_all_rights

    for config in current_apps.get_app_configs():
        create_permissions(config, verbosity=0, using=schema_editor.connection.alias)
    give_all_rights()


class Migration(migrations.Migration):
    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [
        # Who goes back keeps the groups: people are in them.
        migrations.RunPython(make_groups, migrations.RunPython.noop, elidable=False),
    ]
