from django.db import migrations, models


class Migration(migrations.Migration):
    """What figures count against, beside what is due with more time given; the same for what was worked out before."""

    dependencies = [("process", "0008_sealed")]

    operations = [
        migrations.AddField("clockrow", "due_by_law", models.DateTimeField(null=True)),
        migrations.RunSQL("update process_clockrow set due_by_law = due", migrations.RunSQL.noop),
        migrations.AlterField("clockrow", "due_by_law", models.DateTimeField()),
    ]
