"""Lists that professionals share by a secret address, which the coordination may put an end to."""

import django.db.models.deletion
from django.conf import settings
from django.contrib.auth.management import create_permissions
from django.db import migrations, models

import places.models.shared_list


def grant(apps, schema_editor):
    # Permissions are made once all migrations are done; the group needs these now.
    app = apps.get_app_config("places")
    app.models_module = True
    create_permissions(app, apps=apps, verbosity=0, using=schema_editor.connection.alias)
    group, _created = apps.get_model("auth", "Group").objects.get_or_create(name="Coordination")
    group.permissions.add(
        *apps.get_model("auth", "Permission").objects.filter(
            content_type__app_label="places",
            codename__in=["view_sharedlist", "change_sharedlist", "delete_sharedlist"],
        )
    )


class Migration(migrations.Migration):
    dependencies = [
        ("places", "0012_imported_partners"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="SharedList",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "name",
                    models.CharField(
                        help_text="«\u00a0Aide aux CV à Bellevue\u00a0»\u00a0: jamais le nom d’une personne.",
                        max_length=80,
                        verbose_name="nom de la liste",
                    ),
                ),
                ("places", models.CharField(blank=True, editable=False, max_length=300)),
                ("occurrences", models.CharField(blank=True, editable=False, max_length=300)),
                (
                    "token",
                    models.CharField(
                        default=places.models.shared_list.new_token,
                        editable=False,
                        max_length=32,
                        unique=True,
                    ),
                ),
                ("is_shared", models.BooleanField(default=True, verbose_name="partagée")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="créée le")),
                ("changed_at", models.DateTimeField(auto_now=True, verbose_name="modifiée le")),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="shared_lists",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="compte",
                    ),
                ),
            ],
            options={
                "verbose_name": "liste partagée",
                "verbose_name_plural": "listes partagées",
                "ordering": ["name", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("owner", "name"),
                        name="shared_list_name_once",
                        violation_error_message="Vous avez déjà une liste de ce nom.",
                    )
                ],
            },
        ),
        migrations.RunPython(grant, migrations.RunPython.noop),
    ]
