from django.db import migrations, models


def keep_files(apps, schema_editor):
    piece, file = apps.get_model("spreadsheets", "FilePiece"), apps.get_model("spreadsheets", "BatchFile")
    for each in file.objects.iterator(chunk_size=1):
        piece.objects.create(batch_id=each.batch_id, data=each.data)


class Migration(migrations.Migration):
    dependencies = [("spreadsheets", "0003_unread_sheets")]

    operations = [
        migrations.CreateModel(
            name="FilePiece",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField(default=0)),
                ("data", models.BinaryField()),
                (
                    "batch",
                    models.ForeignKey(
                        on_delete=models.deletion.CASCADE, related_name="pieces", to="spreadsheets.batch"
                    ),
                ),
            ],
            options={"ordering": ["number"], "default_permissions": ()},
        ),
        migrations.AddConstraint(
            "filepiece", models.UniqueConstraint(fields=["batch", "number"], name="file_piece_once")
        ),
        migrations.RunPython(keep_files, migrations.RunPython.noop, elidable=True),
        migrations.DeleteModel("BatchFile"),
    ]
