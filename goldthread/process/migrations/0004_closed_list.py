"""The closed cases of a list, newest first, without sorting all there are."""
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("process", "0003_void")]
    operations = [migrations.AddIndex("case", models.Index(
        fields=["partnership", "process_key", "-closed_at", "-id"], condition=models.Q(("closed_at__isnull", False)),
        name="case_closed"))]
