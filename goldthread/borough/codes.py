"""The codes the borough uses, with their words: one place to map from when loading.

National lists (source, outcome, ethnicity, disability) follow the children in need census and the
Standard Safeguarding Dataset; the others are a partnership's own.
"""
SOURCES = {
    "1A": "Family member, relative or carer", "1B": "Acquaintance", "1C": "Self", "1D": "Other individual",
    "2A": "Schools", "2B": "Education services", "3A": "GP", "3B": "Health visitor", "3C": "School nurse",
    "3D": "Other primary health services", "3E": "A&E", "3F": "Other health services", "4": "Housing",
    "5A": "Council social care, such as adults", "5B": "Other council department",
    "5C": "Another council's social care", "5D": "Council early help", "6": "Police",
    "7": "Other legal agency", "8": "Other, such as children's centres and charities", "9": "Anonymous",
    "10": "Unknown",
}
OUTCOMES = {
    "new-referral": "New referral", "existing-referral": "Part of a referral already open",
    "cp-enquiry": "Child protection enquiry", "nfa": "No further action",
    "non-agency-adoption": "Non-agency adoption", "private-fostering": "Private fostering",
    "advice": "Advice given", "missing": "Missing child", "other-la-cp": "Another council's child protection",
    "other": "Other",
}
LOCAL_OUTCOMES = {
    "no-further-action": "No further action", "advice": "Advice to the referrer", "signpost": "Signposted",
    "early-help": "Early help", "assessment": "Child and family assessment",
    "strategy-discussion": "Strategy discussion", "open-worker": "Passed to the worker who has the case",
    "exploitation-panel": "Exploitation panel", "marac": "MARAC", "prevent": "Prevent",
    "private-fostering": "Private fostering notice", "missing-education": "Children missing education",
    "other-council": "Another council", "pre-birth-assessment": "Assessment before birth",
}
ETHNICITIES = {
    "WBRI": "White British", "WIRI": "White Irish", "WOTH": "Any other White background",
    "WIRT": "Traveller of Irish heritage", "WROM": "Gypsy or Roma", "MWBC": "White and Black Caribbean",
    "MWBA": "White and Black African", "MWAS": "White and Asian", "MOTH": "Any other mixed background",
    "AIND": "Indian", "APKN": "Pakistani", "ABAN": "Bangladeshi", "CHNE": "Chinese",
    "AOTH": "Any other Asian background", "BCRB": "Caribbean", "BAFR": "African",
    "BOTH": "Any other Black background", "OOTH": "Any other ethnic group", "REFU": "Refused",
    "NOBT": "Not obtained",
}
DISABILITIES = {
    "MOB": "Mobility", "HAND": "Hand function", "PC": "Personal care", "INC": "Incontinence",
    "COMM": "Communication", "LD": "Learning", "HEAR": "Hearing", "VIS": "Vision", "BEH": "Behaviour",
    "CON": "Consciousness", "AUT": "Autism", "DDA": "Other",
}
LANGUAGES = {
    "ENG": "English", "GLE": "Irish", "POL": "Polish", "RMN": "Romanian", "PNJ": "Panjabi", "GUJ": "Gujarati",
    "HIN": "Hindi", "TAM": "Tamil", "URD": "Urdu", "BNG": "Bengali", "SOM": "Somali", "YOR": "Yoruba",
    "AKA": "Akan", "ARA": "Arabic", "PRS": "Farsi", "CHI": "Chinese", "TUR": "Turkish", "POR": "Portuguese",
    "TGL": "Tagalog",
}
CHANNELS = {
    "portal": "Form on this service", "phone": "Telephone", "e-mail": "E-mail", "police-notification":
    "Police notification", "health-template": "Health template", "in-person": "In person",
}
STREAMS = {"safeguarding": "Safeguarding", "early-help": "Early help"}
RATINGS = ("red", "amber", "green")
CONSENT = ("given", "refused", "not-sought", "dispensed", "")
AGENCY_KINDS = {
    "childrens-services": "Council children's services", "council-service": "Other council service",
    "police": "Police", "health-board": "Integrated care board", "acute-trust": "Hospital trust",
    "community-trust": "Community health trust", "mental-health-trust": "Mental health trust",
    "gp-practice": "GP practice", "school": "School", "early-years": "Nursery", "housing": "Housing",
    "probation": "Probation", "youth-justice": "Youth justice", "cafcass": "Cafcass",
    "voluntary": "Charity or community group", "fire": "Fire and rescue", "immigration": "Immigration",
    "other-council": "Another council", "scrutiny": "Independent scrutiny",
}
ROLES = {
    "school-lead": "Designated safeguarding lead", "gp": "GP", "health-visitor": "Health visitor",
    "school-nurse": "School nurse", "midwife": "Midwife", "health-professional": "Health professional",
    "police-officer": "Police officer in the hub", "social-worker": "Social worker",
    "team-manager": "Team manager", "mash-worker": "MASH worker", "mash-manager": "MASH manager",
    "early-help-worker": "Early help worker", "partner-worker": "Practitioner",
    "business-manager": "Partnership business manager", "analyst": "Data analyst",
    "scrutineer": "Independent scrutineer", "privacy-officer": "Privacy officer",
    "administrator": "System administrator", "agency-lead": "Safeguarding lead of the agency",
}
ERRORS = {
    "spelling": "another spelling of the name", "nickname": "a nickname for the given name",
    "typing-slip": "a slip of the keyboard in a name", "swapped": "given name and surname the wrong way round",
    "former-surname": "a surname no longer used", "part-surname": "half of a double surname",
    "given-missing": "no given name", "surname-missing": "no surname",
    "day-month-swapped": "day and month of birth the wrong way round", "day-wrong": "wrong day of birth",
    "year-wrong": "wrong year of birth", "first-of-january": "1 January given for an unknown day",
    "birth-missing": "no date of birth", "age-only": "an age instead of a date of birth",
    "sex-missing": "sex not stated", "sex-wrong": "wrong sex", "old-address": "an address before the move",
    "address-missing": "no address", "postcode-slip": "one character of the postcode wrong",
    "nhs-missing": "no NHS number where there is one", "upn-missing": "no unique pupil number where there is one",
    "nhs-slip": "two digits of the NHS number swapped",
}
