from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("spreadsheets", "0002_rows_in_order")]

    operations = [migrations.AddField("batch", "unread", models.JSONField(default=list))]
