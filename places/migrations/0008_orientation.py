"""How often people are oriented, and what is not found for them: numbers of a week."""

import django.db.models.deletion
from django.contrib.auth.management import create_permissions
from django.db import migrations, models


def grant(apps, schema_editor):
    # Permissions are made once all migrations are done; the group needs these now.
    app = apps.get_app_config("places")
    app.models_module = True
    create_permissions(app, apps=apps, verbosity=0, using=schema_editor.connection.alias)
    group, _created = apps.get_model("auth", "Group").objects.get_or_create(name="Coordination")
    group.permissions.add(
        *apps.get_model("auth", "Permission").objects.filter(
            content_type__app_label="places", codename__in=["view_orientationcount", "view_unmetneed"]
        )
    )


class Migration(migrations.Migration):
    dependencies = [
        ("places", "0007_agenda"),
    ]

    operations = [
        migrations.CreateModel(
            name="OrientationCount",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("week", models.DateField(help_text="Le lundi.", verbose_name="semaine du")),
                ("count", models.PositiveIntegerField(default=0, verbose_name="nombre")),
                (
                    "neighbourhood",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="orientation_counts",
                        to="places.neighbourhood",
                        verbose_name="quartier",
                    ),
                ),
                (
                    "theme",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="orientation_counts",
                        to="places.theme",
                        verbose_name="axe",
                    ),
                ),
            ],
            options={
                "verbose_name": "orientations de la semaine",
                "verbose_name_plural": "orientations, en nombres",
                "ordering": ["-week", "pk"],
                "abstract": False,
                "indexes": [models.Index(fields=["neighbourhood", "week"], name="orientation_area_week")],
            },
        ),
        migrations.CreateModel(
            name="UnmetNeed",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("week", models.DateField(help_text="Le lundi.", verbose_name="semaine du")),
                ("count", models.PositiveIntegerField(default=0, verbose_name="nombre")),
                (
                    "half_day",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "À tout moment"),
                            ("lundi-matin", "lundi matin"),
                            ("lundi-apres-midi", "lundi après-midi"),
                            ("lundi-soir", "lundi soir"),
                            ("mardi-matin", "mardi matin"),
                            ("mardi-apres-midi", "mardi après-midi"),
                            ("mardi-soir", "mardi soir"),
                            ("mercredi-matin", "mercredi matin"),
                            ("mercredi-apres-midi", "mercredi après-midi"),
                            ("mercredi-soir", "mercredi soir"),
                            ("jeudi-matin", "jeudi matin"),
                            ("jeudi-apres-midi", "jeudi après-midi"),
                            ("jeudi-soir", "jeudi soir"),
                            ("vendredi-matin", "vendredi matin"),
                            ("vendredi-apres-midi", "vendredi après-midi"),
                            ("vendredi-soir", "vendredi soir"),
                            ("samedi-matin", "samedi matin"),
                            ("samedi-apres-midi", "samedi après-midi"),
                        ],
                        max_length=20,
                        verbose_name="moment",
                    ),
                ),
                (
                    "commune",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="unmet_needs",
                        to="places.commune",
                    ),
                ),
                (
                    "neighbourhood",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="unmet_needs",
                        to="places.neighbourhood",
                        verbose_name="quartier",
                    ),
                ),
                (
                    "service",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="unmet_needs",
                        to="places.service",
                        verbose_name="aide cherchée",
                    ),
                ),
            ],
            options={
                "verbose_name": "besoin sans réponse",
                "verbose_name_plural": "besoins sans réponse",
                "ordering": ["-week", "pk"],
                "abstract": False,
                "indexes": [models.Index(fields=["neighbourhood", "week"], name="unmet_area_week")],
            },
        ),
        migrations.RunPython(grant, migrations.RunPython.noop, elidable=True),
    ]
