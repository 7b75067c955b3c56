"""What is shipped goes into an empty database, whole or not at all."""

import pytest
from django.core.management import CommandError, call_command

from apps.content.models import record_models

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def test_a_broken_fixture_leaves_the_database_as_it_was(tmp_path, settings):
    settings.FIXTURE_DIRS = [tmp_path]
    (tmp_path / "countries.yaml").write_text("- model: organisations.country\n  fields: {code: IN, name_en: India}\n")
    (tmp_path / "glossary.yaml").write_text(
        "- model: glossary.glossaryterm\n  fields: {slug: empty, state: published}\n"
    )
    with pytest.raises(CommandError, match="Write this in at least one language"):
        call_command("load_fixtures", verbosity=0)
    assert not any(model.objects.exists() for model in record_models())
