"""Which priority neighbourhood of 2015 lies under one of 2024, and for how much."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("places", "0013_shared_lists"),
    ]

    operations = [
        migrations.CreateModel(
            name="Predecessor",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(db_index=True, max_length=8, verbose_name="code officiel")),
                ("name", models.CharField(max_length=160, verbose_name="nom")),
                ("folded_name", models.CharField(editable=False, max_length=160)),
                ("share_of_former", models.FloatField(verbose_name="part du quartier de 2015")),
                ("share_of_new", models.FloatField(verbose_name="part du quartier de 2024")),
                (
                    "neighbourhood",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="predecessors",
                        to="places.neighbourhood",
                        verbose_name="quartier",
                    ),
                ),
            ],
            options={
                "verbose_name": "quartier prioritaire de 2015",
                "verbose_name_plural": "quartiers prioritaires de 2015",
                "ordering": ["neighbourhood", "code"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("neighbourhood", "code"),
                        name="predecessor_once",
                        violation_error_message="Ce quartier de 2015 est déjà lié à celui de 2024.",
                    )
                ],
            },
        ),
    ]
