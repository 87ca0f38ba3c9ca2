"""How a contact runs through the front door: who acts, what waits for what, and by when."""
from goldthread.access.policy import May
from goldthread.domains.front_door import models as m
from goldthread.process.common import with_common
from goldthread.process.definition import Clock, Page, Process, Seat, Stage, Standing, Step, was
from goldthread.process.registry import register

ANYONE = (Seat(Standing.PARTNERSHIP, May.START_CONTACT),)
DESK = (Seat(Standing.DESK, May.WORK_FRONT_DOOR),)
MANAGER = (Seat(Standing.DESK, May.MANAGE_FRONT_DOOR),)
STARTER = Seat(Standing.STARTER, May.START_CONTACT)
ASKED = (Seat(Standing.ASKED, May.ANSWER_REQUESTS),)
WITH_STARTER = (Standing.DESK, Standing.STARTER)
RECEIVED, DECIDED = was(m.Contact), was(m.Decision)

CONTACT_PAGES = (
    Page("Is a child in immediate danger?", ("immediate_danger",)),
    Page("Who are you worried about?", lines=m.ContactPerson,
         hint="Add every child in the family, and the adults you know of. First names alone are enough to start."),
    Page("Where do they live?", ("line1", "postcode", "address_safe")),
    Page("Who is in the family?", ("father", "others_at_home")),
    Page("What are you worried about?", ("concern", "worry", "strengths", "domestic_abuse")),
    Page("What has the child said, or shown?", ("child_voice",)),
    Page("Does the family know?", ("consent", "consent_reason")),
    Page("What kind of help is this about?", ("stream",)),
    Page("How can we reach you?", ("referrer_name", "referrer_role", "referrer_agency", "referrer_phone",
                                   "referrer_email", "source", "channel", "outside_reference")),
)

FRONT_DOOR = register(with_common(Process(
    key="front-door", name="Contact", prefix="FD", desk="front-door",
    worker=May.WORK_FRONT_DOOR, manager=May.MANAGE_FRONT_DOOR,
    statute="Children Act 1989 ss.17 and 47; Working Together to Safeguard Children",
    shares_case_with=(Standing.STARTER,), mark=m.Rating, allocation=m.Allocation,
    stages=(
        Stage("Received", (
            Step(m.Contact, by=ANYONE, lines=(m.ContactPerson,), outcome="stream", audience=WITH_STARTER,
                 tells=(Standing.DESK,), pages=CONTACT_PAGES),
            Step(m.ReferrerCheck, by=DESK, needs=(RECEIVED,), outcome="result", required=False),
        )),
        Stage("Screening", (
            Step(m.Identification, by=DESK, needs=(RECEIVED,), lines=(m.IdentifiedPerson,), repeats=True),
            Step(m.Rating, by=DESK, needs=(RECEIVED,), outcome="rag", repeats=True, until=DECIDED),
            Step(m.Allocation, by=DESK, needs=(RECEIVED,), repeats=True, required=False, until=None,
                 tells=(Standing.ALLOCATED,)),
            Step(m.EncompassNotice, by=(*DESK, STARTER), needs=(RECEIVED,), lines=(m.EncompassSchool,), repeats=True,
                 required=False, asks=m.EncompassRead, audience=(Standing.DESK, Standing.AUTHOR, Standing.ASKED)),
            Step(m.EncompassRead, by=(Seat(Standing.ASKED, May.RECEIVE_ENCOMPASS),), repeats=True, required=False,
                 audience=(Standing.DESK, Standing.AUTHOR)),
        )),
        Stage("Partners asked", (
            Step(m.InformationRequest, by=DESK, needs=(RECEIVED,), lines=(m.RequestedAgency,), repeats=True,
                 required=False, asks=m.PartnerReply, audience=(Standing.DESK, Standing.ASKED), until=DECIDED),
            Step(m.PartnerReply, by=ASKED, repeats=True, required=False, lapses=True, outcome="answer",
                 audience=(Standing.DESK, Standing.AUTHOR), tells=(Standing.DESK,)),
            Step(m.NewInformation, by=(*DESK, STARTER), needs=(RECEIVED,), repeats=True, required=False,
                 audience=(Standing.DESK, Standing.AUTHOR), tells=(Standing.DESK,)),
            Step(m.Message, by=(*DESK, STARTER), needs=(RECEIVED,), repeats=True, required=False, outcome="about",
                 audience=WITH_STARTER, tells=WITH_STARTER),
        )),
        Stage("Decision", (
            Step(m.Decision, by=MANAGER, needs=(RECEIVED, was(m.Identification), was(m.Rating)),
                 lines=(m.ChildOutcome,), outcome="outcome"),
        )),
        Stage("Telling and handing over", (
            Step(m.AnswerToReferrer, by=DESK, needs=(DECIDED,), audience=WITH_STARTER, tells=(Standing.STARTER,)),
            Step(m.HandOver, by=DESK, needs=(DECIDED,), outcome="to", required=False),
        )),
    ),
    clocks=(
        Clock("Decide and tell the referrer", RECEIVED, m.AnswerToReferrer, rule="T01"),
        Clock("Decide: red", was(m.Rating), m.Decision, rule="T04", only_while=was(m.Rating, "red")),
        Clock("Decide: amber", was(m.Rating), m.Decision, rule="T05", only_while=was(m.Rating, "amber")),
        Clock("Decide: green", was(m.Rating), m.Decision, rule="T06", only_while=was(m.Rating, "green")),
        Clock("Partner's reply", was(m.InformationRequest), m.PartnerReply, each_ask=True),
        Clock("School reads the notice", was(m.EncompassNotice), m.EncompassRead, each_ask=True),
    ),
)))
