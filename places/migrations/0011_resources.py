"""What places and actors lend or look for; projects of neighbourhoods; who may write them."""

import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.contrib.auth.management import create_permissions
from django.db import migrations, models

VERBS = ["add", "change", "delete", "view"]
MAY = {"Éditeurs": ["offer"], "Coordination": ["offer", "project"]}


def grant(apps, schema_editor):
    # Permissions are made once all migrations are done; the groups need these now.
    app = apps.get_app_config("places")
    app.models_module = True
    create_permissions(app, apps=apps, verbosity=0, using=schema_editor.connection.alias)
    for name, models_of_group in MAY.items():
        group, _created = apps.get_model("auth", "Group").objects.get_or_create(name=name)
        codenames = [f"{verb}_{model}" for model in models_of_group for verb in VERBS]
        permissions = apps.get_model("auth", "Permission").objects
        found = permissions.filter(content_type__app_label="places", codename__in=codenames)
        group.permissions.add(*found)


class Migration(migrations.Migration):

    dependencies = [
        ('places', '0010_professionals'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='HistoricalOffer',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('is_wanted', models.BooleanField(default=False, help_text='Coché\xa0: cherché. Sinon\xa0: proposé.', verbose_name='c’est une recherche')),
                ('kind', models.CharField(choices=[('ROOM', 'Salle'), ('EQUIPMENT', 'Prêt d’ordinateurs ou de matériel'), ('MEDIATOR', 'Médiateur pour quelques heures'), ('TRAINING', 'Formation de bénévoles ou de salariés'), ('WEBSITE', 'Aide pour le site d’une association'), ('HOSTING', 'Accueil d’une permanence'), ('OTHER', 'Autre coup de main')], max_length=12, verbose_name='type de ressource')),
                ('title', models.CharField(max_length=120, verbose_name='titre')),
                ('summary', models.CharField(blank=True, max_length=280, verbose_name='en une phrase')),
                ('conditions', models.CharField(blank=True, help_text='Gratuit ou non, combien de temps, combien de jours avant.', max_length=280, verbose_name='à quelles conditions')),
                ('for_whom', models.CharField(blank=True, help_text='«\xa0Les associations du quartier\xa0».', max_length=160, verbose_name='pour qui')),
                ('contact', models.CharField(blank=True, help_text='Jamais un nom de personne.', max_length=120, verbose_name='fonction à contacter')),
                ('is_published', models.BooleanField(default=True, verbose_name='en ligne')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('partner', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='places.partner', verbose_name='partenaire')),
                ('place', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='places.place', verbose_name='lieu')),
            ],
            options={
                'verbose_name': 'historical ressource',
                'verbose_name_plural': 'historical ressources',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='HistoricalProject',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('title', models.CharField(max_length=160, verbose_name='titre')),
                ('slug', models.SlugField(blank=True, max_length=180, verbose_name='adresse de la page')),
                ('is_published', models.BooleanField(default=True, verbose_name='en ligne')),
                ('summary', models.CharField(max_length=280, verbose_name='en une phrase')),
                ('story', models.TextField(blank=True, verbose_name='ce qui s’est passé')),
                ('started_on', models.DateField(blank=True, null=True, verbose_name='depuis le')),
                ('ended_on', models.DateField(blank=True, null=True, verbose_name='jusqu’au')),
                ('people', models.CharField(blank=True, max_length=280, verbose_name='avec qui')),
                ('time', models.CharField(blank=True, max_length=280, verbose_name='le temps qu’il a fallu')),
                ('equipment', models.CharField(blank=True, max_length=280, verbose_name='le matériel')),
                ('cost', models.CharField(blank=True, max_length=280, verbose_name='ce que cela a coûté')),
                ('steps', models.TextField(blank=True, help_text='Une étape par ligne.', verbose_name='comment le refaire')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('source', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='places.source', verbose_name='source')),
                ('theme', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='places.theme', verbose_name='axe')),
            ],
            options={
                'verbose_name': 'historical projet de quartier',
                'verbose_name_plural': 'historical projets de quartier',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='Offer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('is_wanted', models.BooleanField(default=False, help_text='Coché\xa0: cherché. Sinon\xa0: proposé.', verbose_name='c’est une recherche')),
                ('kind', models.CharField(choices=[('ROOM', 'Salle'), ('EQUIPMENT', 'Prêt d’ordinateurs ou de matériel'), ('MEDIATOR', 'Médiateur pour quelques heures'), ('TRAINING', 'Formation de bénévoles ou de salariés'), ('WEBSITE', 'Aide pour le site d’une association'), ('HOSTING', 'Accueil d’une permanence'), ('OTHER', 'Autre coup de main')], max_length=12, verbose_name='type de ressource')),
                ('title', models.CharField(max_length=120, verbose_name='titre')),
                ('summary', models.CharField(blank=True, max_length=280, verbose_name='en une phrase')),
                ('conditions', models.CharField(blank=True, help_text='Gratuit ou non, combien de temps, combien de jours avant.', max_length=280, verbose_name='à quelles conditions')),
                ('for_whom', models.CharField(blank=True, help_text='«\xa0Les associations du quartier\xa0».', max_length=160, verbose_name='pour qui')),
                ('contact', models.CharField(blank=True, help_text='Jamais un nom de personne.', max_length=120, verbose_name='fonction à contacter')),
                ('is_published', models.BooleanField(default=True, verbose_name='en ligne')),
                ('folded_text', models.CharField(editable=False, max_length=600)),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='modifiée le')),
                ('partner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='offers', to='places.partner', verbose_name='partenaire')),
                ('place', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='offers', to='places.place', verbose_name='lieu')),
            ],
            options={
                'verbose_name': 'ressource',
                'verbose_name_plural': 'ressources',
                'ordering': ['kind', 'title', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('partner__isnull', False), ('place__isnull', True)), models.Q(('partner__isnull', True), ('place__isnull', False)), _connector='OR'), name='offer_has_one_giver', violation_error_message='Choisissez un lieu ou un partenaire, l’un des deux.'), models.CheckConstraint(condition=models.Q(('title', ''), _negated=True), name='offer_has_title', violation_error_message='Donnez un titre à la ressource.')],
            },
        ),
        migrations.CreateModel(
            name='Project',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=160, verbose_name='titre')),
                ('folded_text', models.CharField(editable=False, max_length=480)),
                ('slug', models.SlugField(blank=True, max_length=180, unique=True, verbose_name='adresse de la page')),
                ('is_published', models.BooleanField(default=True, verbose_name='en ligne')),
                ('summary', models.CharField(max_length=280, verbose_name='en une phrase')),
                ('story', models.TextField(blank=True, verbose_name='ce qui s’est passé')),
                ('started_on', models.DateField(blank=True, null=True, verbose_name='depuis le')),
                ('ended_on', models.DateField(blank=True, null=True, verbose_name='jusqu’au')),
                ('people', models.CharField(blank=True, max_length=280, verbose_name='avec qui')),
                ('time', models.CharField(blank=True, max_length=280, verbose_name='le temps qu’il a fallu')),
                ('equipment', models.CharField(blank=True, max_length=280, verbose_name='le matériel')),
                ('cost', models.CharField(blank=True, max_length=280, verbose_name='ce que cela a coûté')),
                ('steps', models.TextField(blank=True, help_text='Une étape par ligne.', verbose_name='comment le refaire')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='modifié le')),
                ('neighbourhoods', models.ManyToManyField(blank=True, related_name='projects', to='places.neighbourhood', verbose_name='quartiers')),
                ('partners', models.ManyToManyField(blank=True, related_name='projects', to='places.partner', verbose_name='partenaires')),
                ('places', models.ManyToManyField(blank=True, related_name='projects', to='places.place', verbose_name='lieux')),
                ('source', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='projects', to='places.source', verbose_name='source')),
                ('theme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='projects', to='places.theme', verbose_name='axe')),
            ],
            options={
                'verbose_name': 'projet de quartier',
                'verbose_name_plural': 'projets de quartier',
                'ordering': [models.OrderBy(models.F('started_on'), descending=True, nulls_last=True), 'title', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('title', ''), _negated=True), name='project_has_title', violation_error_message='Donnez un titre au projet.'), models.CheckConstraint(condition=models.Q(('ended_on__isnull', True), ('started_on__isnull', True), ('ended_on__gte', models.F('started_on')), _connector='OR'), name='project_ends_after_it_starts', violation_error_message='La fin ne peut pas précéder le début.')],
            },
        ),
        migrations.RunPython(grant, migrations.RunPython.noop),
    ]
