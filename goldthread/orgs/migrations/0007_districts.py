from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("orgs", "0006_words_and_logo")]

    operations = [
        migrations.AddField("partnership", "districts", models.TextField("postcode districts of the area", blank=True,
                                                                         default="")),
    ]
