"""The two groups of people who work in the admin, with what each may do."""

from django.contrib.auth.management import create_permissions
from django.db import migrations

# Keeps the pages of some places, those that name the person among their editors: what hangs on them too.
EDITORS = {
    "place": ["add", "change", "view"],
    "closure": ["add", "change", "delete", "view"],
    "workshop": ["add", "change", "delete", "view"],
    "occurrence": ["change", "delete", "view"],
    "partnership": ["add", "change", "delete", "view"],
    "correction": ["change", "view"],
    "partner": ["add", "view"],
    "neighbourhood": ["view"],
    "commune": ["view"],
    "placekind": ["view"],
    "label": ["view"],
}
# Answers for the whole site: every place, the network, the territory, the lists, and the editors' accounts.
EVERYTHING = ["add", "change", "delete", "view"]
COORDINATION = {
    **dict.fromkeys(
        [
            "place", "closure", "workshop", "occurrence", "partnership", "partner", "partnercontact",
            "correction", "neighbourhood", "need", "theme", "service", "audience", "label", "placekind",
            "accessmode", "supportmode", "fee", "language", "source",
        ],
        EVERYTHING,
    ),
    "commune": ["change", "view"],
    "department": ["view"],
}
ACCOUNTS = {"user": ["add", "change", "view"]}
LOGINS = {"accessattempt": ["delete", "view"]}


def create_groups(apps, schema_editor):
    # Permissions are made once all migrations are done; on a new database these groups need them now.
    for label in ("places", "auth", "axes"):
        app = apps.get_app_config(label)
        app.models_module = True
        create_permissions(app, apps=apps, verbosity=0, using=schema_editor.connection.alias)
    grant(apps, "Éditeurs", {"places": EDITORS})
    coordination = grant(apps, "Coordination", {"places": COORDINATION, "auth": ACCOUNTS, "axes": LOGINS})
    coordination.permissions.add(*permissions(apps, "places", ["edit_every_place"]))


def grant(apps, name, by_app):
    group, _created = apps.get_model("auth", "Group").objects.get_or_create(name=name)
    for label, by_model in by_app.items():
        codenames = [f"{verb}_{model}" for model, verbs in by_model.items() for verb in verbs]
        group.permissions.add(*permissions(apps, label, codenames))
    return group


def permissions(apps, label, codenames):
    found = apps.get_model("auth", "Permission").objects.filter(
        content_type__app_label=label, codename__in=codenames
    )
    if found.count() != len(codenames):
        raise LookupError(f"permissions are missing among {codenames}")
    return found


class Migration(migrations.Migration):
    dependencies = [
        ("places", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("axes", "0010_accessattemptexpiration"),
    ]
    operations = [migrations.RunPython(create_groups, migrations.RunPython.noop)]
