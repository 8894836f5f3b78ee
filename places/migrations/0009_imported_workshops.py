"""What the source of an imported workshop said last time: what differs from it was edited by a person."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("places", "0008_orientation")]

    operations = [
        migrations.AddField(
            model_name="workshop",
            name="imported_values",
            field=models.JSONField(
                blank=True,
                default=dict,
                editable=False,
                help_text="Ce que la source disait à la dernière importation, champ par champ.",
            ),
        ),
    ]
