"""Whether somebody recorded a step, without reading everybody's."""
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("process", "0012_offered_team")]
    operations = [
        migrations.AddIndex("event", models.Index(fields=["recorded_by", "step"], name="event_by_whom")),
        migrations.AlterField("event", "recorded_by", models.ForeignKey(
            settings.AUTH_USER_MODEL, on_delete=django.db.models.deletion.PROTECT, related_name="+", db_index=False))]
