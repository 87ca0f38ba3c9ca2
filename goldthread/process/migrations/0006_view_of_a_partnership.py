"""A kept view belongs to the partnership its maker works in first."""
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

FIRST = """
update process_savedview v set partnership_id = (
  select partnership_id from orgs_appointment a where a.user_id = v.user_id order by id limit 1);
delete from process_savedview where partnership_id is null;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('orgs', '0005_runs_installation'),
        ('process', '0005_documents'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(model_name='savedview', name='one_view_a_name'),
        migrations.AddField(
            model_name='savedview',
            name='partnership',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='orgs.partnership'),
        ),
        migrations.RunSQL(FIRST, migrations.RunSQL.noop),
        migrations.RunSQL("set constraints all immediate", migrations.RunSQL.noop),
        migrations.AlterField(
            model_name='savedview',
            name='partnership',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='orgs.partnership'),
        ),
        migrations.AddConstraint(
            model_name='savedview',
            constraint=models.UniqueConstraint(fields=('user', 'partnership', 'process_key', 'name'), name='one_view_a_name'),
        ),
    ]
