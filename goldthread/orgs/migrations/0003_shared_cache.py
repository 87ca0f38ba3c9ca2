"""Rate limits are counted in a cache that all server processes share; what a crash loses of it is no loss."""
from django.db import migrations

TABLE = """
create unlogged table shared_cache (
  cache_key varchar(255) primary key, value text not null, expires timestamptz not null);
create index shared_cache_expires on shared_cache (expires);
"""


class Migration(migrations.Migration):
    dependencies = [("orgs", "0002_invitation")]
    operations = [migrations.RunSQL(TABLE, "drop table shared_cache")]
