"""Which code list each coded field follows, and the two lists that are the borough's own.

The lists themselves are data of the rules (``goldthread/rules/data/codes``): this room only says which.
"""
#: record.field -> list of ``goldthread.rules.codes``
LISTS = {
    "Agency.kind": "agency-kinds", "Staff.role": "roles", "Person.sex": "sex", "Person.ethnicity": "ethnicities",
    "Person.disabilities": "disabilities", "Relationship.kind": "relationships", "Contact.source": "contact-sources",
    "Contact.channel": "channels", "Contact.stream": "contact-streams", "Contact.concerns": "presenting-concerns",
    "Consent.status": "consent-statuses", "Rating.rating": "rag", "Request.basis": "lawful-bases",
    "Decision.level": "threshold-levels", "Outcome.code": "contact-outcomes",
    "Outcome.local": "contact-outcome-details",
}
#: First languages, as in the school census.
LANGUAGES = {
    "ENG": "English", "GLE": "Irish", "POL": "Polish", "RMN": "Romanian", "PNJ": "Panjabi", "GUJ": "Gujarati",
    "HIN": "Hindi", "TAM": "Tamil", "URD": "Urdu", "BNG": "Bengali", "SOM": "Somali", "YOR": "Yoruba",
    "AKA": "Akan", "ARA": "Arabic", "PRS": "Farsi", "CHI": "Chinese", "TUR": "Turkish", "POR": "Portuguese",
    "TGL": "Tagalog",
}
#: What may be wrong with what a source states about a person.
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
