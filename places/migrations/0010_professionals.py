"""The group of those who may read what is meant for professionals, and have no other right."""

from django.contrib.auth.management import create_permissions
from django.db import migrations

PERMISSION = "read_professional_contacts"


def create_group(apps, schema_editor):
    # Permissions are made once all migrations are done; the group needs its own now.
    app = apps.get_app_config("places")
    app.models_module = True
    create_permissions(app, apps=apps, verbosity=0, using=schema_editor.connection.alias)
    group, _created = apps.get_model("auth", "Group").objects.get_or_create(name="Professionnels")
    permission = apps.get_model("auth", "Permission").objects.get(
        content_type__app_label="places", codename=PERMISSION
    )
    group.permissions.add(permission)


class Migration(migrations.Migration):
    dependencies = [("places", "0009_imported_workshops")]
    operations = [
        migrations.AlterModelOptions(
            name="partnercontact",
            options={
                "ordering": ["function", "pk"],
                "permissions": [(PERMISSION, "lire ceux qui sont réservés aux professionnels")],
                "verbose_name": "contact",
                "verbose_name_plural": "contacts",
            },
        ),
        migrations.RunPython(create_group, migrations.RunPython.noop),
    ]
