"""Invented wards: each locality has an eastern and a western one, by the last letter of the postcode."""
from __future__ import annotations

from django.db import connection

from goldthread.borough.borough import Borough
from goldthread.borough.loading.organisations import Organisations

SQL = """insert into measure_wardpostcode (partnership_id, readers, denied, postcode, ward, code, valid_from, at)
  select %(partnership)s, array['figures:' || %(partnership)s], array[]::text[], postcode, ward,
    'ZW' || lpad(dense_rank() over (order by ward)::text, 3, '0'), %(since)s, %(at)s
  from (select distinct on (a.postcode) a.postcode, a.town || case when ascii(right(a.postcode, 1)) %% 2 = 0
      then ' East' else ' West' end as ward
    from people_address a where a.partnership_id = %(partnership)s and a.postcode <> '' order by a.postcode, a.town) p"""


def load_wards(borough: Borough, found: Organisations) -> int:
    """Every postcode that somebody lives in, from before anybody did. Returns how many."""
    many = 0
    with connection.cursor() as cursor:
        for partnership in found.partnerships.values():
            cursor.execute(SQL, {"partnership": partnership.pk, "since": "2018-05-03", "at": borough.plan.now})
            many += cursor.rowcount
    return many
