from django.db import migrations, models


def fill(apps, schema_editor):
    """From what the parts keep, so that the pages of older sheets show their rows too."""
    for part in apps.get_model("spreadsheets", "BatchPart").objects.all().iterator(chunk_size=20):
        kinds = [(each["row"], each["kind"]) for each in part.kept]
        part.rows_written = [row for row, kind in kinds if kind in {"new", "changed"}]
        part.rows_refused = [row for row, kind in kinds if kind == "refused"]
        part.save(update_fields=["rows_written", "rows_refused"])


class Migration(migrations.Migration):
    dependencies = [("spreadsheets", "0001_initial")]

    operations = [
        migrations.AddField("batchpart", "rows_written", models.JSONField(default=list)),
        migrations.AddField("batchpart", "rows_refused", models.JSONField(default=list)),
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
    ]
