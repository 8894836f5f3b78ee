"""School holidays, sessions moved to another address, and what calendars know workshops and sessions by."""

import django.utils.timezone
from django.contrib.auth.management import create_permissions
from django.db import migrations, models

import places.models.workshop

ZONES = [
    ("A", "Zone A"), ("B", "Zone B"), ("C", "Zone C"), ("CORSE", "Corse"), ("971", "Guadeloupe"),
    ("972", "Martinique"), ("973", "Guyane"), ("974", "La Réunion"), ("975", "Saint-Pierre-et-Miquelon"),
    ("976", "Mayotte"), ("977", "Saint-Barthélemy"), ("978", "Saint-Martin"), ("986", "Wallis-et-Futuna"),
    ("987", "Polynésie française"), ("988", "Nouvelle-Calédonie"),
]
HOST_ADDRESS = {
    "blank": True,
    "help_text": "Seulement si cette séance a lieu ailleurs que les autres.",
    "max_length": 200,
    "verbose_name": "à une autre adresse, cette fois",
}
MODIFIED = {"auto_now": True, "default": django.utils.timezone.now}


def give_each_its_own_uid(apps, schema_editor):
    workshops = apps.get_model("places", "Workshop").objects.using(schema_editor.connection.alias)
    rows = list(workshops.only("pk"))
    for row in rows:
        row.uid = places.models.workshop.new_uid()
    workshops.bulk_update(rows, ["uid"], batch_size=500)


def grant(apps, schema_editor):
    # Permissions are made once all migrations are done; the group needs these now.
    app = apps.get_app_config("places")
    app.models_module = True
    create_permissions(app, apps=apps, verbosity=0, using=schema_editor.connection.alias)
    group, _created = apps.get_model("auth", "Group").objects.get_or_create(name="Coordination")
    group.permissions.add(
        *apps.get_model("auth", "Permission").objects.filter(
            content_type__app_label="places", content_type__model="schoolholiday"
        )
    )


class Migration(migrations.Migration):

    dependencies = [
        ("places", "0006_partner_audiences"),
    ]

    operations = [
        migrations.CreateModel(
            name="SchoolHoliday",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("zone", models.CharField(choices=ZONES, max_length=5, verbose_name="zone scolaire")),
                ("name", models.CharField(help_text="«\xa0Vacances de la Toussaint\xa0», «\xa0Pont de l’Ascension\xa0»…", max_length=60, verbose_name="nom")),
                ("starts_on", models.DateField(help_text="Le samedi, pour la plupart.", verbose_name="premier jour")),
                ("ends_on", models.DateField(help_text="La veille de la reprise des cours.", verbose_name="dernier jour")),
            ],
            options={
                "verbose_name": "vacances scolaires",
                "verbose_name_plural": "vacances scolaires",
                "ordering": ["starts_on", "zone"],
                "constraints": [
                    models.UniqueConstraint(fields=("zone", "starts_on"), name="school_holiday_once", violation_error_message="Des vacances commencent déjà ce jour-là dans cette zone."),
                    models.CheckConstraint(condition=models.Q(("ends_on__gte", models.F("starts_on"))), name="school_holiday_ends_after_it_starts", violation_error_message="La fin ne peut pas précéder le début."),
                ],
            },
        ),
        migrations.AddField("closure", "updated_at", models.DateTimeField(verbose_name="modifiée le", **MODIFIED), preserve_default=False),
        migrations.AddField("historicaloccurrence", "host_address", models.CharField(default="", **HOST_ADDRESS), preserve_default=False),
        migrations.AddField("occurrence", "host_address", models.CharField(default="", **HOST_ADDRESS), preserve_default=False),
        migrations.AddField("occurrence", "sequence", models.PositiveIntegerField(default=0, editable=False)),
        migrations.AddField("occurrence", "updated_at", models.DateTimeField(verbose_name="modifiée le", **MODIFIED), preserve_default=False),
        migrations.AddField("historicalworkshop", "skips_school_holidays", models.BooleanField(default=False, verbose_name="pas pendant les vacances scolaires")),
        migrations.AddField("workshop", "skips_school_holidays", models.BooleanField(default=False, verbose_name="pas pendant les vacances scolaires")),
        migrations.AddField("workshop", "sequence", models.PositiveIntegerField(default=0, editable=False)),
        migrations.AddField("workshop", "created_at", models.DateTimeField(auto_now_add=True, default=django.utils.timezone.now, verbose_name="créé le"), preserve_default=False),
        migrations.AddField("workshop", "updated_at", models.DateTimeField(verbose_name="modifié le", **MODIFIED), preserve_default=False),
        migrations.AddField("workshop", "uid", models.CharField(default="", editable=False, max_length=255)),
        migrations.RunPython(give_each_its_own_uid, migrations.RunPython.noop, elidable=True),
        migrations.AlterField("workshop", "uid", models.CharField(default=places.models.workshop.new_uid, editable=False, max_length=255, unique=True)),
        migrations.RunPython(grant, migrations.RunPython.noop, elidable=True),
    ]
