"""Former names of communes; who answers for the whole site may edit them."""

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
            content_type__app_label="places", content_type__model="formername"
        )
    )


class Migration(migrations.Migration):

    dependencies = [
        ("places", "0002_groups"),
    ]

    operations = [
        migrations.CreateModel(
            name="FormerName",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=120, verbose_name="ancien nom")),
                ("folded_name", models.CharField(editable=False, max_length=120)),
                ("changed_on", models.DateField(blank=True, null=True, verbose_name="changé le")),
                ("commune", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="former_names", to="places.commune", verbose_name="commune d’aujourd’hui")),
            ],
            options={
                "verbose_name": "ancien nom de commune",
                "verbose_name_plural": "anciens noms de communes",
                "ordering": ["folded_name", "commune"],
                "constraints": [models.UniqueConstraint(fields=("commune", "folded_name"), name="former_name_once", violation_error_message="Cette commune a déjà cet ancien nom.")],
            },
        ),
        migrations.RunPython(grant, migrations.RunPython.noop, elidable=True),
    ]
