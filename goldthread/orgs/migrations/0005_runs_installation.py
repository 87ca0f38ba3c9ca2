"""Whoever was the first administrator looks after the installation."""
from django.db import migrations, models

FIRST = """
update orgs_user set runs_installation = true where id = (
  select user_id from orgs_appointment where role = 'administrator' order by id limit 1)
"""


class Migration(migrations.Migration):

    dependencies = [
        ('orgs', '0004_team_until'),
    ]

    operations = [
        migrations.AddField(
            model_name='user',
            name='runs_installation',
            field=models.BooleanField(default=False, verbose_name='looks after this installation: may add partnerships to it'),
        ),
        migrations.RunSQL(FIRST, migrations.RunSQL.noop),
    ]
