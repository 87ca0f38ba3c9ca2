"""The role the service runs as, and the extensions searches need."""
from django.conf import settings
from django.contrib.postgres.operations import (
    BtreeGinExtension,
    CITextExtension,
    CreateExtension,
    TrigramExtension,
    UnaccentExtension,
)
from django.db import migrations

ROLE = f"""
do $$ begin
  if not exists (select from pg_roles where rolname = '{settings.APP_ROLE}') then
    create role {settings.APP_ROLE} login nosuperuser nobypassrls nocreatedb nocreaterole;
  end if;
exception when duplicate_object or unique_violation then null;  -- another database of this server just made it
end $$;
do $$ begin execute format('grant {settings.APP_ROLE} to %I', current_user); end $$;
"""


class Migration(migrations.Migration):
    dependencies = [("access", "0001_initial")]
    operations = [
        TrigramExtension(), UnaccentExtension(), CITextExtension(), BtreeGinExtension(),
        CreateExtension("fuzzystrmatch"), migrations.RunSQL(ROLE, migrations.RunSQL.noop),
    ]
