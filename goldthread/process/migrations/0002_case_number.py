"""The number case references are made from: never reused, across all processes and partnerships."""
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("process", "0001_initial")]
    operations = [migrations.RunSQL("create sequence process_case_number", "drop sequence process_case_number")]
