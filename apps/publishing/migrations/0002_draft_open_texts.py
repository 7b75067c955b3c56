from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('publishing', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='draft',
            name='open_texts',
            field=models.JSONField(blank=True, default=dict, editable=False),
        ),
    ]
