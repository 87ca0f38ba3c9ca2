"""What a word typed is looked up among, in one index: the words of a key and their sounds."""
import django.contrib.postgres.indexes
from django.db import migrations, models

TERMS = """create or replace function people_terms(text, text[]) returns text[] language sql immutable parallel safe as
$$ select string_to_array($1, ' ') || $2 $$"""


class Migration(migrations.Migration):
    dependencies = [("people", "0003_long_chronologies")]
    operations = [
        migrations.RunSQL(TERMS, "drop function people_terms(text, text[])"),
        migrations.RemoveIndex("searchkey", "key_text"),
        migrations.AddIndex("searchkey", django.contrib.postgres.indexes.GinIndex(
            models.Func(models.F("text"), models.F("sounds"), function="people_terms"), name="key_terms")),
    ]
