"""The same tables as plain rows: nothing guarded, nothing managed."""
from __future__ import annotations

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models


class User(AbstractBaseUser):
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120)
    is_active = models.BooleanField()

    objects = BaseUserManager()
    USERNAME_FIELD = "email"

    class Meta:
        managed = False
        db_table = "orgs_user"


class Agency(models.Model):
    name = models.CharField(max_length=200)

    class Meta:
        managed = False
        db_table = "orgs_agency"


class Case(models.Model):
    partnership_id = models.BigIntegerField()
    process_key = models.CharField(max_length=50)
    reference = models.CharField(max_length=16)
    title = models.CharField(max_length=200)
    mark = models.CharField(max_length=40)
    stage = models.CharField(max_length=80)
    started_by = models.ForeignKey(Agency, on_delete=models.PROTECT)
    allocated_to = models.ForeignKey(User, on_delete=models.PROTECT, null=True)
    next_due = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        managed = False
        db_table = "process_case"


class Event(models.Model):
    case = models.ForeignKey(Case, on_delete=models.PROTECT)
    step = models.CharField(max_length=80)
    record_id = models.BigIntegerField()
    outcome = models.CharField(max_length=50)
    happened_at = models.DateTimeField()
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT)

    class Meta:
        managed = False
        db_table = "process_event"


class Contact(models.Model):
    """The first record of a case, with what the referrer wrote."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT)
    stream = models.CharField(max_length=12)
    line1 = models.CharField(max_length=120)
    postcode = models.CharField(max_length=10)
    father = models.TextField()
    others_at_home = models.TextField()
    concern = models.CharField(max_length=40)
    worry = models.TextField()
    strengths = models.TextField()
    child_voice = models.TextField()
    consent = models.CharField(max_length=40)
    consent_reason = models.TextField()
    source = models.CharField(max_length=40)
    channel = models.CharField(max_length=40)
    referrer_name = models.CharField(max_length=120)
    referrer_role = models.CharField(max_length=120)
    referrer_agency = models.CharField(max_length=200)
    referrer_phone = models.CharField(max_length=40)
    referrer_email = models.CharField(max_length=254)
    outside_reference = models.CharField(max_length=60)

    class Meta:
        managed = False
        db_table = "front_door_contact"


class ContactPerson(models.Model):
    case = models.ForeignKey(Case, on_delete=models.PROTECT)
    event = models.ForeignKey(Event, on_delete=models.PROTECT)
    capacity = models.CharField(max_length=20)
    given = models.CharField(max_length=100)
    family = models.CharField(max_length=100)
    born_on = models.DateField(null=True)
    sex = models.CharField(max_length=2)
    relationship = models.CharField(max_length=80)
    setting = models.CharField(max_length=200)

    class Meta:
        managed = False
        db_table = "front_door_contactperson"


class Clock(models.Model):
    case = models.ForeignKey(Case, on_delete=models.PROTECT)
    name = models.CharField(max_length=100)
    due = models.DateTimeField()
    stopped = models.DateTimeField(null=True)

    class Meta:
        managed = False
        db_table = "process_clockrow"
