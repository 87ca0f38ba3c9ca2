"""Invented places, and what reports speak of."""

AREAS = ("Testbury", "Elmsworth", "Ferndale", "Thornbury Vale", "Northmarsh", "Wexcombe", "Harlow Heath", "Saltmere",
         "Kingsfold", "Oakhampton", "Brackenshire", "Rivermouth")
COURSES = ("Working Together, level 3", "Recognising neglect", "Domestic abuse awareness", "Child exploitation in practice",
           "Core groups and conferences", "Harmful sexual behaviour", "Parental mental health", "Safer recruitment",
           "Trauma-informed practice", "Children missing from home", "Online harm", "Professional curiosity",
           "Working with fathers", "Babies and bruising")
ELEARNING = ("Introduction to safeguarding (eLearning)", "Private fostering basics (eLearning)",
             "Early help assessment (eLearning)", "Prevent duty (eLearning)")
# name in tables, how a sentence speaks of it (with {n} for the number), unit
INDICATORS = (
    ("Contacts to the front door", ("the front door took {n} contacts", "{n} contacts came to the front door",
                                    "there were {n} contacts to the front door")),
    ("Referrals to children's social care", ("{n} referrals were made to children's social care",
                                             "children's social care received {n} referrals",
                                             "there were {n} referrals to children's social care")),
    ("Section 47 enquiries started", ("{n} section 47 enquiries were started", "we started {n} section 47 enquiries")),
    ("Children on child protection plans", ("{n} children were on child protection plans",
                                            "child protection plans were in place for {n} children")),
    ("Children looked after", ("{n} children were looked after", "the council looked after {n} children")),
    ("Private fostering notifications", ("{n} private fostering notifications were received",
                                         "we received {n} private fostering notifications")),
    ("Early help assessments completed", ("{n} early help assessments were completed",
                                          "practitioners completed {n} early help assessments")),
    ("Missing episodes reported", ("{n} missing episodes were reported", "police and carers reported {n} missing episodes")),
    ("Strategy discussions held", ("{n} strategy discussions were held", "partners held {n} strategy discussions")),
    ("Allegations referred to the LADO", ("{n} allegations were referred to the LADO",
                                          "the LADO was referred {n} allegations")),
)
PERCENTS = (
    ("Assessments finished within 45 days", ("{n} of assessments were finished within 45 days",)),
    ("Return home interviews held in time", ("{n} of return home interviews were held in time",)),
    ("Conferences held on time", ("{n} of conferences were held on time",)),
    ("Health assessments up to date", ("{n} of health assessments were up to date",)),
)
INCOME = ("{area} Council", "Integrated care board", "Police and Crime Commissioner", "Probation Service", "Schools Forum",
          "Training income")
SPENDING = ("Staffing", "Independent scrutineer", "Training and events", "Case reviews", "Website and software",
            "Room hire and printing")
AUDITS = ("neglect", "pre-birth planning", "return home interviews", "child protection conferences", "early help",
          "strategy discussions", "domestic abuse notifications", "children educated at home")
PRIORITIES = ("neglect", "exploitation of children", "domestic abuse", "the mental health of young people",
              "harm within the family", "babies under one", "online safety", "transition to adulthood")
SHORTS = (("MARAC", "Multi-Agency Risk Assessment Conference", "Multi-Agency Risk Advisory Committee"),
          ("CAMHS", "Child and Adolescent Mental Health Services", "Community Access to Mental Health Support"),
          ("MASH", "Multi-Agency Safeguarding Hub", "Multi-Agency Screening House"),
          ("ICB", "Integrated Care Board", "Intensive Care Bureau"),
          ("VRU", "Violence Reduction Unit", "Vulnerability Response Unit"),
          ("JTAI", "Joint Targeted Area Inspection", "Joint Thematic Agency Investigation"),
          ("YJS", "Youth Justice Service", "Young Justice Scheme"),
          ("GCP", "Graded Care Profile", "General Care Plan"))
# Sentences that count some of what a line of the table counts, by place, group, source or time.
SOME_OF = ("In the north of the area {way}.", "For teenagers alone, {way}.", "{way} from residential homes.",
           "Among children with a disability {way}.", "Of these, {n} concerned boys.", "{way} by the end of September.",
           "{way} on behalf of other councils.", "{way} where domestic abuse was the reason.",
           "In the two largest schools {way}.", "At the hospital {way}.", "{way} that had been known before.",
           "Outside office hours {way}.", "A further look shows that in Eastbrook {way}.", "{way} within five days.",
           "For children under ten {way}.", "Between October and December {way}.", "{way} for a second time.",
           "The other districts are smaller: {way} there.", "{way} that involved a knife.", "{way}, counting girls only.")
BODIES = (("QAF", "Quality and Audit Forum"), ("LIG", "Learning and Improvement Group"),
          ("EDG", "Exploitation Delivery Group"), ("PPG", "Policy and Procedures Group"),
          ("YAB", "Young Advisors Board"), ("SIRP", "Serious Incidents Review Panel"))
UNKNOWN_SHORTS = ("QXF", "TRVB", "HBRS", "LKPM", "WSDO", "ZPR")
AGENCIES = ("Police", "The hospital trust", "The probation service", "The community health trust", "Schools and colleges",
            "The fire service", "Children's services", "The voluntary sector forum")
NUMBER_WORDS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
