"""What the source of an imported partner said last time, and what it calls it."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("places", "0011_resources")]

    operations = [
        *(
            migrations.AddField(
                model_name=name,
                name="external_id",
                field=models.CharField(
                    blank=True, max_length=140, verbose_name="identifiant dans la source"
                ),
            )
            for name in ("historicalpartner", "partner")
        ),
        migrations.AddField(
            model_name="partner",
            name="imported_values",
            field=models.JSONField(
                blank=True,
                default=dict,
                editable=False,
                help_text="Ce que la source disait à la dernière importation, champ par champ.",
            ),
        ),
        migrations.AddConstraint(
            model_name="partner",
            constraint=models.UniqueConstraint(
                condition=models.Q(("external_id", ""), _negated=True),
                fields=("source", "external_id"),
                name="partner_once_per_source",
                violation_error_message="Cette source a déjà un partenaire de cet identifiant.",
            ),
        ),
    ]
