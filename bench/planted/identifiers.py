"""Invented texts of a report with details that give somebody away, and texts that look alike and give nobody away."""
from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from random import Random

from bench.planted import fifth_wordings, fourth_wordings, held_out, more_wordings, third_wordings, words


@dataclass(frozen=True)
class Spoken:
    """A text: what is planted in it (kind and words; "" for nothing), and whether it stands in a quote."""

    text: str
    kind: str
    planted: str
    in_quote: bool


def text(seed: int, planted: bool, held: bool = False) -> Spoken:
    """The text of a seed: a few paragraphs, one of which gives somebody away if `planted`. `held`: in the wordings kept
    for measuring."""
    rng = Random(f"gate/{seed}/{planted}")
    area = rng.choice(words.AREAS)
    learnt = (more_wordings, third_wordings, fourth_wordings, fifth_wordings)
    clean, known = (held_out.CLEAN, held_out.PLANTED) if held else (
        _CLEAN + sum((each.CLEAN for each in learnt), ()),
        {kind: _PLANTED[kind] + sum((each.PLANTED[kind] for each in learnt), ()) for kind in _PLANTED})
    body = [_filled(rng, area, each) for each in rng.sample(clean, 9)]
    kind, found, quote = "", "", False
    if planted:
        kind = _KINDS[seed % len(_KINDS)]
        pattern = rng.choice(known[kind])
        quote = pattern.startswith("“")
        line = _filled(rng, area, pattern.replace("[", "\0").replace("]", "\1"))
        found = line[line.index("\0") + 1:line.index("\1")]
        body.insert(rng.randint(1, len(body)), line.replace("\0", "").replace("\1", ""))
    title = f"{area} Safeguarding Children Partnership Annual Report 2023-24"
    return Spoken(f"{title}\n\n1.0 What we heard\n\n" + "\n\n".join(body) + "\n", kind, found, quote)


def _filled(rng: Random, area: str, pattern: str) -> str:
    given, family = rng.choice(_given()), rng.choice(_families())
    streets = ("Elderberry Close", "Station Road", "Mill Lane", "St Anne's Terrace", "Quarry Avenue", "Larkspur Way")
    schools = ("Harbour Lane Primary School", "St Botolph's Academy", "Wren Hill High School", "Northgate Junior School")
    places = ("Pennywell", "Low Barton", "Cutler's Row", "Hazelmoor", "Eastbrook")
    values = {"given": given, "family": family, "street": rng.choice(streets), "school": rng.choice(schools),
              "place": rng.choice(places), "area": area, "n": str(rng.randint(2, 160)), "age": str(rng.randint(4, 17)),
              "age2": str(rng.randint(1, 9)),
              "other": rng.choice(_given()), "two": f"{given[0]}{family[0]}", "dotted": f"{given[0]}.{family[0]}.",
              "day": f"{rng.randint(1, 28)} {rng.choice(('March', 'May', 'August', 'November'))}", "letter": given[0],
              "phone": f"07700 900{rng.randint(100, 999)}", "code": rng.choice(("ZZ1 1AA", "ZZ12 3BC", "ZZ9 8QT")),
              "ref": f"{rng.randint(100000, 9999999)}", "year": str(rng.randint(2006, 2018))}
    for key, value in values.items():
        pattern = pattern.replace(f"<{key}>", value)
    return pattern


@cache
def _given() -> tuple[str, ...]:
    lines = files("goldthread.borough").joinpath("data/given.txt").read_text(encoding="utf-8").splitlines()
    return tuple(name for line in lines if line and line[0] != "#" for name in line.split()[2:])


@cache
def _families() -> tuple[str, ...]:
    lines = files("goldthread.borough").joinpath("data/surnames.txt").read_text(encoding="utf-8").splitlines()
    return tuple(name for line in lines if line and line[0] != "#" for name in line.split()[1:] if name[0].isupper())


_PLANTED = {
    "name": ("“I want to thank [<given> <family>] for never giving up on us, even when we did.”",
             "“When [<given>] came to our house she listened first, and that changed everything.”",
             "“[Mrs <family>] from the team rang me every evening for a fortnight.”",
             "One mother told us that her son [<given>] had been out of school since the spring.",
             "The case of [<given> <family>] showed how late the referral came.",
             "“My worker [<given>] always told me the truth, which nobody had done before.”",
             "The review heard how [<given> <family>], who has since moved away, was not asked.",
             "“Look how far [<letter>xxx] has come since you met us.”",
             "“You helped my daughter [<given>] to sleep in her own bed again.”"),
    "initials": ("“Thank you for the support you gave my son [<two>] at school, he is a different boy.”",
                 "“The best thing was the time I had with [<letter>], she never judged me.”",
                 "A pupil of <school>, [<dotted>], was helped by three agencies at once."),
    "school": ("“My daughter went to [<school>] and nobody there asked her why she cried.”",
               "One girl who had just started at [<school>] told her teacher what had happened at home.",
               "The boy was excluded from [<school>] twice within a term."),
    "address": ("“They came to [<n> <street>] at six in the morning and woke the baby.”",
                "The family had been living at [<n> <street>] without heating for two winters.",
                "“Since we moved to the house in [<street>] nobody has called on us.”"),
    "postcode": ("The flat, at [<code>], had been visited nine times by the police.",
                 "“Anybody who knows [<code>] knows us.”"),
    "phone": ("“Ring me on [<phone>] if you ever want to talk to somebody who has been through it.”",
              "Her grandmother, on [<phone>], had asked for help four times."),
    "e-mail": ("“Write to me at [<given>.<family>@example.org] and I will tell you more.”",
               "A parent ([<given><year>@example.com]) sent us her diary of that year."),
    "reference": ("The chronology of case [LCS-<ref>] begins four years earlier.",
                  "The complaint (reference [<ref>]) was upheld in part."),
    "birth": ("The baby, [born on <day> <year>], was seven weeks old when she was brought in.",
              "“My [birthday is <day> <year>] and I spent it in a police station.”"),
    "age": ("A [<age>-year-old] boy from <place> was found with a knife by his teacher.",
            "“I am [<age>] and live in <place>, and there is nowhere to go.”",
            "The girl, who [was <age>] and lived near the mill in <place>, had told two friends."),
    "rare": ("The review of the boy who [drowned] in the canal last August has been finished.",
             "In March a 15-year-old girl was [stabbed] outside the station.",
             "“We are [the only Traveller family in the school], and they let us feel it.”",
             "Learning came from the death of a baby who [fell from a window] in Low Barton in June.",
             "“My brother was [murdered] by the river when he was 16.”"),
}
_KINDS = tuple(_PLANTED)

_CLEAN = (
    "The Independent Chair, <given> <family>, writes in the foreword that more is to be done.",
    "Councillor <given> <family> asked about the waiting time at the meeting in May.",
    "Detective Superintendent <given> <family> leads on safeguarding for the force.",
    "The <area> Youth Justice Service and the Violence Reduction Unit run the Pathways Project together.",
    "Staff at the Royal Northmarsh Hospital took part in an audit of bruising in babies.",
    "The Child A review was published in 2022 and its nine recommendations were carried out.",
    "“I felt that somebody was on my side for the first time, and I could say what I wanted.”",
    "“My worker never once made me feel that it was my fault.”",
    "“School is better now because the teacher knows what is going on at home.”",
    "“They should ask us before the meeting, not after it.”",
    "Children aged between 11 and 16 in <n> schools answered the survey.",
    "Call the Multi-Agency Safeguarding Hub on 01632 960123 or write to mash@<area>.example if you are worried.",
    "Working Together to Safeguard Children and the Children Act 2004 set out what we must do.",
    "Prevent training was given to <n> members of staff by the Home Office in Manchester.",
    "Headteachers of secondary schools in the north of the borough meet each half term.",
    "The Graded Care Profile and Signs of Safety are used by all teams.",
    "In June the Board agreed the Neglect Strategy and the Early Help Offer.",
    "The training on suicide prevention was attended by <n> practitioners from twelve agencies.",
    "Two serious incidents were notified in the year, and one led to a local review.",
    "Operation Encompass told schools of <n> incidents before nine in the morning.",
    "Brackenshire and Rivermouth share the Child Death Overview Panel with us.",
    "“Thank you for everything you did for our family, we will not forget it.”",
    "“It was good that Police and Social Care came together and not one after the other.”",
    "Parents from the Somali and Polish communities helped us to plan the event on Saturday.",
    "The campaign “Look Closer” was seen on buses, on Facebook and at Northmarsh Station.",
    "Young people of the Children in Care Council, the Talking Heads, presented to the Executive in March.",
    "The Corporate Director of Children's Services and the Chief Nurse chair the Executive in turn.",
    "National Child Safeguarding Practice Review Panel guidance was discussed in October.",
    "Table 3 shows that 1,204 contacts led to 388 referrals.",
    "The number of stabbings recorded by the police in the county fell from 41 to 36.",
    "Harbour Lane Primary School and Wren Hill High School took part in the pilot.",
    "“I did not know that Early Help was there for dads as well.”",
    "Learning from Serious Case Review Baby W has been shared in <n> briefings.",
    "The Neglect Toolkit, the Threshold Document and the Escalation Policy are on our website.",
)
