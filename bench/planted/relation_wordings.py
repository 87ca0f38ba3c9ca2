"""Wordings of the tuned seeds for relations told in one sentence, and more of the older kinds."""

SENTENCES: dict[str, tuple[str, ...]] = {
    "fraction": (
        "{part} of the {whole} referrals came from schools, {frac}.",
        "{frac} of referrals ({part} of {whole}) came from schools.",
        "Schools were the source of {part} out of {whole} referrals, that is {frac}.",
        "Of {whole} referrals, {frac} ({part}) came from schools.",
    ),
    "ratio": (
        "Safety plans {mult} from {before} to {now}.",
        "The use of safety plans {mult}: {before} in {last_year}, {now} in {year}.",
        "Safety plans {mult} to {now}, from {before} in {last_year}.",
        "There were {now} safety plans, up or down from {before} the year before: they {mult}.",
    ),
    "monthly": (
        "{total} notifications were screened, {avg} a month on average.",
        "The hub screened {total} notifications in {year}, an average of {avg} a month.",
        "Each month {avg} notifications were screened on average, {total} in all over the year.",
        "A monthly average of {avg} notifications were screened, or {total} in the year.",
    ),
    "each": (
        "{total} people came to {n} workshops, an average of {avg} at each.",
        "{n} workshops were held for {total} people, {avg} a workshop on average.",
        "An average of {avg} people came to each of the {n} workshops, {total} in all.",
    ),
    "sources": (
        "There were {whole} requests for help: {a} from schools, {b} from police, {c} from health and {d} from others.",
        "Of the {whole} requests for help, {a} came from schools, {b} from police, {c} from health and {d} from others.",
        "{a} requests for help came from schools, {b} from police, {c} from health and {d} from others: {whole} in all.",
        "{whole} requests for help were received (schools {a}, police {b}, health {c}, others {d}).",
    ),
    "remainder": (
        "Of the {whole} recommendations, {done} are done and {left} are still open.",
        "{whole} recommendations were made. Of these, {done} are done and {left} are not.",
        "{done} out of {whole} recommendations are done; {left} are left.",
    ),
    "direction": (
        "{name} {verb} from {before} to {now}.",
        "{name} {verb} to {now} in {year} from {before} in {last_year}.",
        "At {now}, {name} {verb} from {before} the year before.",
    ),
    "rate": (
        "{n} young carers are known, a rate of {rate} per 10,000 of {pop} children.",
        "The rate of young carers is {rate} per 10,000: {n} among {pop} children.",
    ),
    "income": (
        "Income was £{k}k.",
        "The partnership had an income of £{k}k in {year}.",
        "Income of £{k},000 was received over the year.",
    ),
    "points": (
        "{now}% was reached for {lower}, a {told}{unit} change on the {before}% of {last_year}.",
        "{name} has gone {verb} {told}{unit} to {now}% (from {before}%).",
        "In {last_year} {lower} was at {before}% and in {year} at {now}%, {told}{unit} {more}.",
    ),
    "change": (
        "In {year} {lead}; this is a {noun} of {about}{told}% from {before} in {last_year}.",
        "{name} have gone from {before} in {last_year} to {now} in {year}, which is {about}{told}% {more}.",
        "{now} in {year}, and {before} in {last_year}: {name} {verb} by {about}{told}%.",
        "A {noun} of {about}{told}% was seen in {name}, from {before} to {now}.",
    ),
    "parts": (
        "{one} of the {whole} children the panel saw were girls and {two} were boys.",
        "The {whole} children on the panel's list are {one} girls and {two} boys.",
        "Boys ({two}) and girls ({one}) together made {whole} children on the list.",
    ),
    "share": (
        "{share}% of cases on {what} were sound, {good} of {cases}.",
        "Auditors of {what} rated {good} of {cases} cases as sound – {share}%.",
        "The {what} audit of {cases} cases found {good} ({share}%) to be sound.",
        "There were {cases} cases in the {what} audit, and {good}, or {share}%, were sound.",
    ),
    "told-twice": (
        "A survey of young people got answers from {n} pupils.",
        "We have already told of the {n} pupils who answered our survey of young people.",
        "There were {n} pupils who answered the survey of young people.",
    ),
    "deaths": (
        "The number of child deaths that the panel was notified of in {year} was {n}.",
        "{n} notifications of child deaths came to the panel in {year}.",
        "{year} brought {n} child deaths that were notified to the panel.",
    ),
    "value": (
        "There is evidence that {way} in {year}.",
        "In the period {year}, {way}.",
        "Our records show that in the year {way}.",
        "{way} over the reporting period.",
    ),
}
