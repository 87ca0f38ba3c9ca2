"""The columns of Goldthread's own layout of contacts. Templates, checks and docs/formats/contacts.md follow from here."""
from __future__ import annotations

from goldthread.exchange.columns import Column
from goldthread.files.tables import cells as c

DATE, YES_NO, CODE = "A date: day/month/year", "yes or no", "A code of the list"
CAPACITIES = c.one_of(child="child", sibling="sibling", brother="sibling", sister="sibling", brotherorsister="sibling",
                      mother="mother", father="father", adult="adult", otheradult="adult")
SEX = c.one_of(f="F", female="F", girl="F", woman="F", m="M", male="M", boy="M", man="M", u="U", notknown="U",
               unknown="U")
LONG = c.text(20_000)

NUMBER = Column("Contact number", "outside_reference", "Your own number for the contact. Rows with the same number are "
                "one contact about several people. It is what tells a contact sent twice", c.text(60), True,
                example="EXAMPLE-1", also=("Contact reference", "Reference", "Contact ID"))
CAPACITY = Column("Who is this", "capacity", "Whom the row is about. Empty means a child the worry is about",
                  CAPACITIES, format="child, sibling, mother, father or adult", example="child",
                  also=("Capacity", "Part in the contact"))

#: About the contact: the same, or empty, on every row of one contact.
CONTACT = (
    Column("Date of contact", "on", "The day the contact reached the front door", c.moment, True,
           format="A date, with a time if you like", example="02/11/2026", also=("Contact date", "Date")),
    Column("Time of contact", "at", "The time of day it reached the front door", c.hour, format="Hours and minutes",
           example="09:40", also=("Contact time", "Time")),
    Column("Agency", "agency", "The agency that got in touch: its name or national code as in your directory. Empty, or "
           "not in the directory: the contact is kept under the council", c.text(200), example="Example Primary School",
           also=("Agency name", "Agency code", "Source agency")),
    Column("Source", "source", "Who got in touch, as counted nationally", c.code("contact-sources"), True,
           "contact-sources", CODE, "2A", ("Contact source", "Source code")),
    Column("Channel", "channel", "How it reached the front door. Empty means loaded from a file", c.code("channels"),
           codes="channels", format=CODE, example="phone"),
    Column("Kind of help", "stream", "Safeguarding or early help", c.code("contact-streams"), True, "contact-streams",
           CODE, "safeguarding", ("Stream",)),
    Column("Danger now", "immediate_danger", "Whether a child is in immediate danger", c.yes_no, format=YES_NO,
           example="no", also=("Immediate danger",)),
    Column("Main worry", "concern", "What it is mainly about", c.code("presenting-concerns"), True,
           "presenting-concerns", CODE, "neglect", ("Concern", "Presenting concern")),
    Column("What happened", "worry", "What happened and what the worry is, in the words of whoever got in touch", LONG,
           True, example="Came to school hungry three days running.", also=("Worry", "Details")),
    Column("Going well", "strengths", "What is going well, and who is helping", LONG, also=("Strengths",),
           example="Reads well and has friends."),
    Column("Child said", "child_voice", "What the child said or showed", LONG, also=("Child's voice", "Voice of the child"),
           example="“There is no food in the evenings.”"),
    Column("Consent", "consent", "Whether the family knows and agrees. Empty: not known, and the front door will ask",
           c.code("consent-statuses"), codes="consent-statuses", format=CODE, example="given"),
    Column("Consent reason", "consent_reason", "Why they were not asked or do not agree. Needed unless consent is given",
           LONG, also=("Reason for consent", "Why no consent")),
    Column("Domestic abuse", "domestic_abuse", "Whether the police were called to domestic abuse", c.yes_no,
           format=YES_NO, example="no"),
    Column("Address", "line1", "Building and street", c.text(120), example="1 Example Street", also=("Address line 1",)),
    Column("Postcode", "postcode", "The postcode in full", c.postcode, format="A postcode", example="ZZ99 1AA"),
    Column("Keep address", "address_safe", "Whether the address must be kept from anyone", c.yes_no, format=YES_NO,
           example="no", also=("Safe address", "Confidential address")),
    Column("About the father", "father", "Who the father is and what part he plays, where he has no row of his own",
           LONG, example="Lives elsewhere, sees the children on Sundays."),
    Column("Others at home", "others_at_home", "Who else lives with the child or looks after them", LONG,
           example="A grandmother."),
    Column("Referrer name", "referrer_name", "Who got in touch. Needed unless they stayed anonymous (source 9)",
           c.text(120), example="Testa Exampleton", also=("Name of referrer",)),
    Column("Referrer job", "referrer_role", "Their job or part in the child's life", c.text(120),
           example="Designated safeguarding lead", also=("Referrer role",)),
    Column("Referrer organisation", "referrer_agency", "Their organisation, if not the agency", c.text(200),
           also=("Referrer agency",)),
    Column("Referrer telephone", "referrer_phone", "Needed, or an e-mail address, unless they stayed anonymous", c.phone,
           format="A telephone number", example="01632 960 001", also=("Referrer phone",)),
    Column("Referrer e-mail", "referrer_email", "Needed, or a telephone number, unless they stayed anonymous", c.email,
           format="An e-mail address", example="lead@example.org"),
)
#: About the person a row is about.
PERSON = (
    Column("First name", "given", "First names", c.text(100), example="Testa",
           also=("Given name", "Forename", "Child first name")),
    Column("Last name", "family", "Last name", c.text(100), example="Exampleton",
           also=("Family name", "Surname", "Child last name")),
    Column("Known as", "known_as", "The name in use, if another", c.text(100), example="Tess"),
    Column("Date of birth", "born_on", "When they were born", c.day, format=DATE, example="14/05/2018",
           also=("DOB", "Born", "Birth date")),
    Column("Age", "age_stated", "Their age, if the date of birth is not known", c.text(40), also=("Age stated",)),
    Column("Expected birth", "due_on", "For an unborn child: the day the baby is due", c.day, format=DATE,
           also=("Expected date of delivery", "EDD", "Due date")),
    Column("Sex", "sex", "Sex. Empty means not known", SEX, format="F, M or U", example="F"),
    Column("Relationship", "relationship", "How they are related to the child", c.text(80)),
    Column("School", "setting", "School, nursery or college", c.text(200), example="Example Primary School",
           also=("Setting", "School or nursery")),
    Column("GP practice", "practice", "The practice they are registered with", c.text(200),
           example="Example Road Surgery", also=("GP", "Surgery")),
    Column("NHS number", "nhs", "Ten digits", c.nhs, format="An NHS number", example="999 000 0018", also=("NHS no",)),
    Column("UPN", "upn", "Unique pupil number", c.upn, format="A letter and 12 digits",
           also=("Unique pupil number",)),
)


def _adult(who: str, capacity: str, related: bool = False) -> tuple[Column, ...]:
    """Columns for one adult beside the child's, for files with one row a child."""
    found = (
        Column(f"{who} first name", f"{capacity}.given", f"{who}: first names", c.text(100)),
        Column(f"{who} last name", f"{capacity}.family", f"{who}: last name", c.text(100), also=(f"{who} surname",)),
        Column(f"{who} date of birth", f"{capacity}.born_on", f"{who}: when they were born", c.day, format=DATE,
               also=(f"{who} DOB",)),
        Column(f"{who} NHS number", f"{capacity}.nhs", f"{who}: ten digits", c.nhs, format="An NHS number"))
    more = Column(f"{who} relationship", f"{capacity}.relationship", f"{who}: how they are related to the child", c.text(80))
    return (*found, more) if related else found


ADULTS = (*_adult("Mother", "mother"), *_adult("Father", "father"), *_adult("Other adult", "adult", related=True))
COLUMNS = (NUMBER, *CONTACT, CAPACITY, *PERSON, *ADULTS)
