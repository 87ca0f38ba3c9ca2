"""Who works together: partnerships, their agencies and teams, and who holds which seat, when."""
from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

HEX_COLOUR = RegexValidator(r"^#[0-9a-fA-F]{6}$", "Enter a colour as # and six figures, such as #1d4f6e")


class Partnership(models.Model):
    """A local safeguarding children partnership; everything recorded belongs to exactly one."""

    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=200)
    short_name = models.CharField("short name", max_length=40)
    area = models.CharField("area covered", max_length=200, blank=True)
    districts = models.TextField("postcode districts of the area", blank=True, default="")  # see `bounds`
    logo = models.CharField("logo", max_length=80, blank=True, help_text="Name of a picture that `files.logo` keeps")
    colour = models.CharField("main colour", max_length=7, default="#1d4f6e", validators=[HEX_COLOUR])
    accent = models.CharField("second colour", max_length=7, default="#7a3e65", validators=[HEX_COLOUR])
    front_door_phone = models.CharField("front door telephone", max_length=40, blank=True)
    out_of_hours_phone = models.CharField("out-of-hours telephone", max_length=40, blank=True)
    front_door_email = models.EmailField("front door e-mail", blank=True)
    opens = models.TimeField("front door opens", default=time(9))
    closes = models.TimeField("front door closes", default=time(17))
    threshold_document = models.URLField("threshold document", blank=True)
    live_since = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name


class LocalLimit(models.Model):
    """A time limit a partnership sets for itself in place of the default of `rules.limits`; dated, never overwritten."""

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="local_limits")
    key = models.CharField("limit", max_length=12)
    span = models.CharField("time allowed", max_length=40, help_text="Such as 4 working hours or 3 working days")
    source = models.CharField("who decided, and where", max_length=200)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["partnership", "key", "valid_from"], name="one_limit_a_day")]


class LocalTermQuerySet(models.QuerySet["LocalTerm"]):
    def current(self, today: date) -> LocalTermQuerySet:
        """Words in use on `today`."""
        return self.filter(Q(valid_to=None) | Q(valid_to__gte=today), valid_from__lte=today)


class LocalTerm(models.Model):
    """A word of a partnership's own, beside the glossary everybody has (`rules.glossary`); dated, never overwritten."""

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="local_terms")
    short = models.CharField("word or abbreviation", max_length=40)
    full = models.CharField("what it stands for", max_length=200)
    meaning = models.CharField("what that means, in a sentence", max_length=500)
    source = models.CharField("who says so, and where", max_length=200)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    objects = LocalTermQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint("partnership", Lower("short"), "valid_from", name="one_meaning_a_day")]

    def __str__(self) -> str:
        return self.short


class LocalHoliday(models.Model):
    """A day on which a partnership's front door is closed besides England's bank holidays."""

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="local_holidays")
    on = models.DateField()
    why = models.CharField(max_length=100)


#: what stands for people without an account: an agency only because whoever sends a contact has one
PUBLIC = {"kind": "other", "code": "PUBLIC"}


class AgencyQuerySet(models.QuerySet["Agency"]):
    def taking_part(self, partnership: Partnership, today: date) -> AgencyQuerySet:
        """Agencies with a part in a partnership on `today`, by name. What stands for people without an account is none."""
        return self.exclude(**PUBLIC).filter(
            Q(participations__until=None) | Q(participations__until__gte=today),
            participations__partnership=partnership, participations__since__lte=today).order_by("name", "pk")


class Agency(models.Model):
    """An organisation that takes part: a council, a police force, a school, a practice, a charity."""

    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=40, help_text="A code of the agency-kinds list")
    code = models.CharField("national code (URN, ODS)", max_length=20, blank=True)
    phone = models.CharField("telephone", max_length=40, blank=True)
    email = models.EmailField("e-mail for notices", blank=True)
    postcode = models.CharField(max_length=10, blank=True)
    partnerships: Any = models.ManyToManyField(Partnership, through="Participation", related_name="agencies")

    objects = AgencyQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["kind"]), models.Index(Lower("name"), name="agency_name_lower")]
        verbose_name_plural = "agencies"

    def __str__(self) -> str:
        return self.name


class ParticipationQuerySet(models.QuerySet["Participation"]):
    def of_organisations(self) -> ParticipationQuerySet:
        """Without the part of what stands for people without an account."""
        return self.exclude(**{f"agency__{name}": value for name, value in PUBLIC.items()})


class Participation(models.Model):
    """An agency's part in one partnership, with its safeguarding lead there."""

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="participations")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="participations")
    statutory_partner = models.BooleanField("one of the three safeguarding partners", default=False)
    since = models.DateField(default=date(2019, 9, 29))
    until = models.DateField(null=True, blank=True)
    lead_name = models.CharField("safeguarding lead", max_length=120, blank=True)
    lead_phone = models.CharField("lead's telephone", max_length=40, blank=True)

    objects = ParticipationQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["partnership", "agency"], name="agency_once_a_partnership")]


class TeamQuerySet(models.QuerySet["Team"]):
    def working(self, today: date) -> TeamQuerySet:
        """Teams that have not ended by `today`, by name."""
        return self.filter(Q(until=None) | Q(until__gte=today)).order_by("name", "pk")


class Team(models.Model):
    """A team within an agency, such as the MASH or an assessment team. Nobody is in it after `until`."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="teams")
    name = models.CharField(max_length=120)
    phone = models.CharField("telephone", max_length=40, blank=True)
    until = models.DateField("last day", null=True, blank=True)

    objects = TeamQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, name: str = "", password: str | None = None, **extra: Any) -> User:
        user = self.model(email=self.normalize_email(email).lower(), name=name, **extra)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(email__iexact=username)


class User(AbstractBaseUser):
    """A person who signs in. What they may do in a partnership comes from their appointments, never from here."""

    email = models.EmailField("e-mail address", unique=True)
    name = models.CharField("full name", max_length=120)
    phone = models.CharField("telephone", max_length=40, blank=True)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)
    last_seen_at = models.DateTimeField(null=True, blank=True)
    closed_because = models.CharField(max_length=200, blank=True)
    runs_installation = models.BooleanField("looks after this installation: may add partnerships to it", default=False)

    objects = UserManager()
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="email_once_whatever_the_case")]

    def __str__(self) -> str:
        return self.name or self.email


class AppointmentQuerySet(models.QuerySet["Appointment"]):
    def current(self, today: date) -> AppointmentQuerySet:
        """Appointments in force on `today`, their person's account open and their agency still taking part."""
        takes_part = Participation.objects.filter(
            Q(until=None) | Q(until__gte=today), since__lte=today,
            agency=models.OuterRef("agency"), partnership=models.OuterRef("partnership"))
        return self.filter(Q(ends=None) | Q(ends__gte=today), models.Exists(takes_part),
                           starts__lte=today, user__is_active=True)


class Appointment(models.Model):
    """A seat held: this person, in this role, for this agency, in this partnership, from and until."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="appointments")
    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="appointments")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="appointments")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, null=True, blank=True, related_name="appointments")
    role = models.CharField(max_length=40, help_text="A code of the roles list")
    title = models.CharField("job title", max_length=120, blank=True)
    starts = models.DateField()
    ends = models.DateField(null=True, blank=True)
    covered_by = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="covers")
    cover_until = models.DateField("cover until", null=True, blank=True)

    objects = AppointmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends=None) | Q(ends__gte=models.F("starts")), name="ends_after_start"),
            models.UniqueConstraint(fields=["user", "partnership", "agency", "role", "starts"], name="one_seat_once"),
        ]
        indexes = [models.Index(fields=["agency", "role"])]

    def __str__(self) -> str:
        return f"{self.user}, {self.title or self.role}, {self.agency}"

    def team_on(self, today: date) -> Team | None:
        """The team this seat is in, unless that has ended."""
        team = self.team
        return team if team and (team.until is None or team.until >= today) else None


class Invitation(models.Model):
    """A seat offered by e-mail. The link holds a secret of which only the hash is kept; it serves once, for a week."""

    LASTS = timedelta(days=7)

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="invitations")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    email = models.EmailField("e-mail address")
    name = models.CharField("full name", max_length=120, blank=True)
    role = models.CharField(max_length=40, help_text="A code of the roles list")
    title = models.CharField("job title", max_length=120, blank=True)
    starts = models.DateField()
    ends = models.DateField(null=True, blank=True)
    token_hash = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    invited_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    accepted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(Lower("email"), name="invitation_email_lower")]

    def __str__(self) -> str:
        return f"{self.email}, {self.role}, {self.agency}"

    def state(self, now: datetime) -> str:
        """In words: accepted, withdrawn, expired or waiting."""
        if self.accepted_at:
            return "accepted"
        if self.withdrawn_at:
            return "withdrawn"
        return "expired" if self.expires_at <= now else "waiting"
