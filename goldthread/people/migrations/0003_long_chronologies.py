"""A page of a long chronology, and the agencies it is told by, without reading all of it."""
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0002_places_and_statements")]
    operations = [
        migrations.RemoveIndex("entry", "people_entr_person__14cfca_idx"),
        migrations.AddIndex("entry", models.Index(
            fields=["person", "-earliest", "-id"], condition=models.Q(("replaced_by", None)), name="entries_newest")),
        migrations.AddIndex("entry", models.Index(
            fields=["person", "agency"], condition=models.Q(("replaced_by", None)), name="entries_by_agency")),
    ]
