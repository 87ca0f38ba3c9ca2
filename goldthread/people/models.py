"""A person and everything that tells who they are; each row carries the readers of its person."""
from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from goldthread.access.models import Guarded


class Person(Guarded):
    """A child (born or expected) or an adult. What agencies said about them stays on the contact that said it.

    `merged_into` points at the record kept when two were found to be one person; both histories stay and the merge
    can be taken back. `restricted` hides the person and all their records from all but the named. `readers` follows
    from `open_readers`, restrictions and denials: people.actions.readers works it out.
    """

    reference = models.CharField(max_length=16, unique=True)
    given = models.CharField("given names", max_length=100, blank=True)
    family = models.CharField("family name", max_length=100, blank=True)
    known_as = models.CharField("known as", max_length=100, blank=True)
    born_on = models.DateField("date of birth", null=True, blank=True)
    born_estimated = models.BooleanField("date of birth is an estimate", default=False)
    due_on = models.DateField("expected date of delivery", null=True, blank=True)
    died_on = models.DateField("date of death", null=True, blank=True)
    sex = models.CharField(max_length=2, default="U")
    ethnicity = models.CharField(max_length=8, blank=True)
    language = models.CharField("first language", max_length=60, blank=True)
    disabled = models.BooleanField("disabled", null=True, blank=True)
    adult = models.BooleanField("known to be an adult, whatever the date of birth", default=False)
    restricted = models.BooleanField(default=False)
    open_readers = ArrayField(models.TextField(), default=list, help_text="Who reads this while it is not restricted")
    merged_into: Any = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="merged")
    created_at = models.DateTimeField()

    class Meta(Guarded.Meta):
        indexes = [models.Index(fields=["partnership", "born_on"]), models.Index(fields=["family", "given", "id"])]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name people use: known-as before given, then family; an unborn child without a name is called so."""
        words = f"{self.known_as or self.given} {self.family}".strip()
        return words or ("Unborn child" if self.due_on and not self.born_on else "Name not known")

    def is_child(self, today: date) -> bool:
        """Under 18 on `today` (or expected, or of unknown age and not known to be adult)."""
        if self.adult:
            return False
        return self.born_on is None or today < _birthday(self.born_on, 18)


def _birthday(born: date, age: int) -> date:
    try:
        return born.replace(year=born.year + age)
    except ValueError:  # 29 February: the birthday falls on 1 March
        return date(born.year + age, 3, 1)


class OfPerson(Guarded):
    """A row about one person; an address said to be safe may have fewer readers than its person."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="%(class)s_rows")
    source = models.CharField("who told us", max_length=200, blank=True)

    class Meta(Guarded.Meta):
        abstract = True


class Name(OfPerson):
    """A name a person has or had, besides the one in use."""

    KINDS = [("legal", "Legal name"), ("known-as", "Known as"), ("previous", "Previous name"), ("alias", "Also used")]
    given = models.CharField("given names", max_length=100, blank=True)
    family = models.CharField("family name", max_length=100, blank=True)
    kind = models.CharField(max_length=10, choices=KINDS, default="alias")


class Identifier(OfPerson):
    """A number by which an agency knows the person: NHS number, unique pupil number, police or council reference."""

    SCHEMES = [("nhs", "NHS number"), ("upn", "Unique pupil number"), ("council", "Council reference"),
               ("police", "Police reference"), ("home-office", "Home Office reference")]
    scheme = models.CharField(max_length=12, choices=SCHEMES)
    value = models.CharField(max_length=40)
    verified = models.BooleanField(default=False)

    class Meta(OfPerson.Meta):
        indexes = [models.Index(fields=["scheme", "value"])]


class Address(OfPerson):
    """Where a person lives or lived. A safe address is read by few and never shown to those it is hidden from."""

    line1 = models.CharField("building and street", max_length=120)
    town = models.CharField(max_length=80, blank=True)
    postcode = models.CharField(max_length=10, blank=True)
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)
    safe = models.BooleanField("a safe address, not to be disclosed", default=False)
    hidden_from = ArrayField(models.BigIntegerField(), default=list, blank=True, help_text="People it must not reach")
    named = ArrayField(models.BigIntegerField(), default=list, blank=True, help_text="Users who read a safe address")
    do_not_write = models.BooleanField("do not write to this address", default=False)

    class Meta(OfPerson.Meta):
        indexes = [models.Index(fields=["postcode"], condition=Q(until=None), name="address_now")]
        verbose_name_plural = "addresses"

    def __str__(self) -> str:
        return ", ".join(part for part in (self.line1, self.town, self.postcode) if part)


class Stated(models.Model):
    """What may rest on one statement, such as a contact's: `origin` names it, and taking it back withdraws the row.

    A withdrawn row was wrong from the start; it is kept and shown nowhere.
    """

    origin = models.CharField("what it was taken from", max_length=40, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_because = models.CharField(max_length=200, blank=True)

    class Meta:
        abstract = True


class Place(Stated, OfPerson):
    """A place that knows a person by its own work: the GP practice they are registered with, the school they go to.

    One of each kind at a time. `since` and `until` are dates as far as they are known.
    """

    KINDS = [("gp", "GP practice"), ("school", "School, nursery or college")]
    kind = models.CharField(max_length=6, choices=KINDS)
    agency = models.ForeignKey("orgs.Agency", on_delete=models.PROTECT, related_name="+")
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)

    class Meta(OfPerson.Meta):
        constraints = [
            models.UniqueConstraint(fields=["person", "kind"], condition=Q(until=None, withdrawn_at=None),
                                    name="one_place_of_a_kind"),
            models.CheckConstraint(condition=Q(until=None) | Q(since=None) | Q(until__gte=models.F("since")),
                                   name="place_ends_after_start")]
        indexes = [models.Index(fields=["origin"], condition=~Q(origin=""), name="place_origin")]


class Relationship(Stated, Guarded):
    """`person` is `kind` of `other`: a mother of, a brother of. One row each pair; the reverse is worked out."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="relationships")
    other = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="related")
    kind = models.CharField(max_length=30, help_text="A code of the relationships list")
    parental_responsibility = models.BooleanField("parental responsibility", null=True, blank=True)
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)
    source = models.CharField("who told us", max_length=200, blank=True)

    class Meta(Guarded.Meta):
        constraints = [models.CheckConstraint(condition=~Q(person=models.F("other")), name="not_related_to_self")]
        indexes = [models.Index(fields=["origin"], condition=~Q(origin=""), name="relationship_origin")]


class SearchKey(Guarded):
    """How a person can be found: rewritten by people.actions whenever their names, numbers or addresses change.

    Safe addresses are never in it. `kept` is the record this one is merged into in the end, itself when in none.
    """

    has_history = False
    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="search_key")
    kept = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="keys")
    given = ArrayField(models.TextField(), default=list)      # normalised, every given and known-as name
    family = ArrayField(models.TextField(), default=list)     # normalised, every family name
    sounds = ArrayField(models.TextField(), default=list)     # sound keys of each word of them
    text = models.TextField(default="")                       # all their words, for spelling
    born_on = models.DateField(null=True)
    born_estimated = models.BooleanField(default=False)
    sex = models.CharField(max_length=2, default="U")
    postcodes = ArrayField(models.TextField(), default=list)  # without the space
    homes = ArrayField(models.TextField(), default=list)      # normalised first lines of the addresses
    numbers = ArrayField(models.TextField(), default=list)    # "nhs:9990000018"

    class Meta(Guarded.Meta):
        indexes = [
            GinIndex(fields=["sounds"], name="key_sounds"), GinIndex(fields=["numbers"], name="key_numbers"),
            GinIndex(fields=["postcodes"], name="key_postcodes"),
            GinIndex(models.Func(models.F("text"), models.F("sounds"), function="people_terms"), name="key_terms"),
            models.Index(fields=["partnership", "born_on"], name="key_born"),
        ]


class Restriction(Guarded):
    """A record hidden from all but the users named, until ended; even that it exists."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="restrictions")
    named = ArrayField(models.BigIntegerField(), help_text="Users who still read the record")
    reason = models.TextField("why the record is restricted")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    ended_because = models.TextField(blank=True)

    class Meta(Guarded.Meta):
        constraints = [models.UniqueConstraint(fields=["person"], condition=Q(ended_at=None), name="restricted_once")]


class Denial(Guarded):
    """One person of staff kept from one person's records whatever their role: their own family, a conflict."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="denials")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField("why this person must not see the record")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    ended_because = models.TextField(blank=True)

    class Meta(Guarded.Meta):
        constraints = [models.UniqueConstraint(fields=["person", "user"], condition=Q(ended_at=None),
                                               name="denied_once")]


class Merge(Guarded):
    """Two records found to be one person; taken back by filling `undone_*`. Both histories stay."""

    kept = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    folded = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField("why these are the same person")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    undone_because = models.TextField(blank=True)


class DifferentPeople(Guarded):
    """Two records looked at and found to be different people (twins, namesakes), so they are not offered again."""

    one = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    other = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField(blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()


class Entry(OfPerson):
    """One line of a chronology that is no step of a process: what an agency knows happened, when as best known.

    `earliest` and `latest` bound an uncertain date ("about May 2016"); `when_text` is how it was said.
    """

    append_only = True
    mutable = ("replaced_by_id",)
    earliest = models.DateField()
    latest = models.DateField()
    when_text = models.CharField("when", max_length=60)
    agency = models.ForeignKey("orgs.Agency", on_delete=models.PROTECT, related_name="+")
    what = models.TextField("what happened")
    significance = models.TextField("why it matters", blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    replaced_by: Any = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="replaces")

    class Meta(OfPerson.Meta):
        indexes = [models.Index(fields=["person", "-earliest", "-id"], condition=models.Q(replaced_by=None),
                                name="entries_newest"),
                   models.Index(fields=["person", "agency"], condition=models.Q(replaced_by=None), name="entries_by_agency")]
        verbose_name_plural = "entries"
