"""What an agency sent, newest first, of one process, without sorting all it sent."""
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("process", "0010_handing_over")]
    operations = [
        migrations.RemoveIndex("case", "case_started"),
        migrations.AddIndex("case", models.Index(
            fields=["started_by", "process_key", "-opened_at", "-id"], name="case_sent"))]
