from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("places", "0005_coverage")]

    operations = [
        migrations.AddField(
            model_name="partner",
            name="audiences",
            field=models.ManyToManyField(
                blank=True,
                help_text="Ceux à qui il s’adresse en particulier. Rien de coché\xa0: tout le monde.",
                related_name="partners",
                to="places.audience",
                verbose_name="publics",
            ),
        ),
    ]
