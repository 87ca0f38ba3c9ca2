"""Wordings of the measured seeds (51 to 100) only: no rule was changed after they were first measured."""

SENTENCES: dict[str, tuple[str, ...]] = {
    "value": ("Across {year}, {way}.", "Figures for {year} show that {way}.", "As at the end of {year}, {way} over the "
                                                                              "year."),
    "change": ("In {last_year} the figure had been {before}; in {year} {lead}, which is {about}{told}% {more}.",
               "{name} {verb} {about}{told}% (from {before} to {now}).",
               "There has been a {noun} of {about}{told}% in “{name}”: {before} in {last_year}, {now} in {year}."),
    "points": ("{name} improved or worsened from {before}% to {now}%, a change of {told}{unit}.",
               "{now}% against {before}% a year ago, {told}{unit} {more}: that is where we are with {lower}.",
               "A {told}{unit} change took {lower} from {before}% to {now}%."),
    "parts": ("Panel members discussed {whole} children ({one} girls, {two} boys).",
              "There were {whole} children on the panel's list: {two} boys and {one} girls.",
              "{one} girls and {two} boys, {whole} children in all, were discussed."),
    "share": ("{good} ({share}%) of the {cases} cases on {what} were rated good.",
              "Out of {cases} cases on {what}, {good} or {share}% were timely.",
              "{cases} cases on {what} were dip-sampled; {share}% of them ({good}) were compliant.",
              "The proportion of sound cases on {what} was {share}% ({good}/{cases})."),
    "list": ("Multi-agency audits took place on {word} themes:", "The following {word} areas were audited:",
             "Our audit calendar for {year} had {word} topics, namely:"),
    "told-twice": ("We heard from {n} pupils in the survey of young people.",
                   "Replies from {n} pupils to the survey of young people were read by the Board.",
                   "{n} pupils filled in the survey of young people."),
    "deaths": ("During {year}, {n} child deaths were notified to the panel.", "Notifications of {n} child deaths "
                                                                              "reached the panel in {year}."),
    "places": ("Partners could choose from {n} training places.", "The offer came to {n} places across all courses.",
               "We made {n} places available in {year}."),
    "variance": ("The accounts closed with an {word} of £{n}.", "Our {word} for the year was £{n}.",
                 "Overall the partnership had an {word} of £{n} at year end."),
    "span": ("Reporting period: 1 April {start} to 31 March {end}.", "This is an account of the twelve months between 1 "
                                                                     "April {start} and 31 March {end}.",
             "It covers 1 April {start} to 31 March {end} inclusive."),
    "outside": ("A summit on neglect was held this year, on 14 October {year}.",
                "On 3 November {year} we launched our website, one of the successes of the year.",
                "The campaign that we ran during the year was launched on 9 December {year}."),
    "weekday": ("Our annual conference was held on {named} {day} {month} {year} in the town hall.",
                "Partners signed the agreement on {named} {day} {month} {year}."),
    "reference": ("{Kind} {told} gives the breakdown.", "The breakdown is given in {kind} {told}.",
                  "As {kind} {told} shows, there is still work to do.", "More detail can be found at {kind} {told} of "
                                                                        "this report."),
    "priorities": ("For the coming year there are {word} priorities, namely {listed}.",
                   "The plan has {word} priorities ({listed}).", "{listed}: these are our {word} priorities."),
}

PLANTED: dict[str, tuple[str, ...]] = {
    "name": ("“Big thank you to [<given>] at the family centre, you are a star.”",
             "“I still see [<given> <family>] when I go to the shops and she always asks how I am.”",
             "Six-year-old [<given>] had not been seen by a doctor for two years.",
             "Reviewers spoke to [<given> <family>] and to her two older children.",
             "“Without [<given>], my key worker, I would not be here.”",
             "“[Mr <family>] shouted at my mum in front of everybody.”",
             "The father, [<given>], was in prison at the time."),
    "initials": ("“[<two>] is my rock.”", "“I told [<letter>] everything and nothing happened.”",
                 "[<dotted>] attends <school> and has a plan."),
    "school": ("“At [<school>] they put me in a room on my own.”", "The pupil, who was at [<school>], had missed forty "
                                                                   "days.",
               "His sister was taken out of [<school>] without notice."),
    "address": ("The fire started in the kitchen of [<n> <street>].", "“We got moved from [<street>] to a hostel with "
                                                                      "one room.”",
                "Police were called to [<n> <street>] eleven times in a year."),
    "postcode": ("The taxi took the children to [<code>] each morning.", "“Look at [<code>] on a map, there is nothing "
                                                                         "for us here.”"),
    "phone": ("“He kept texting me from [<phone>].”", "Calls to [<phone>], her grandmother's mobile, were not returned."),
    "e-mail": ("“I wrote to <given> at [<given><family>@example.com] and got no answer.”", "Feedback came from "
                                                                                           "[<given>_<family>@example.org]."),
    "reference": ("The plan (case no. [<ref>]) ended in June.", "Incident number [<ref>] was graded as standard."),
    "birth": ("A boy ([d.o.b. <day> <year>]) was found alone.", "Her daughter, [born <day> <year>], was placed with a "
                                                                "relative."),
    "age": ("A mother of [19 from] <place> lost her baby.".replace("[19 from]", "[19] from"),
            "Two brothers, one [aged <age>], were found asleep in a car in <place>.",
            "“I was [<age>] when it started, and the whole of <place> knew.”"),
    "rare": ("Last November a father [killed] his two children at their home in Low Barton.",
             "“Everyone stared because I am [the only one in the school] in a wheelchair.”",
             "The toddler [was found dead] in a flat in Hazelmoor three days after her mother.".replace("[was found "
                                                                                                        "dead]",
                                                                                                        "was [found dead]"),
             "A girl of 14 [took an overdose] on the roof of the shopping centre in May."),
}

CLEAN: tuple[str, ...] = (
    "The Leader of the Council, <given> <family>, and the Chief Constable signed the arrangements.",
    "Our Independent Scrutineer is <given> <family>.",
    "The report was written by <given> <family>, Partnership Manager, with help from many.",
    "The Lullaby Trust, Barnardo's and Action for Children gave evidence.",
    "The Riverside Family Hub opened in Eastbrook in October.",
    "Elm Tree House, a children's home, was inspected by Ofsted and judged Good.",
    "“You listened. That is all I can say.”",
    "“I wish somebody had asked me earlier. Now I know who to go to.”",
    "“The Court took so long that my baby was walking by the end.”",
    "“On Tuesday I go to boxing and on Thursday to the youth club. It helps.”",
    "Telephone the Emergency Duty Team on 01632 960789 outside office hours.",
    "Between Years 5 and 9 pupils are taught about consent.",
    "The Care Act 2014 and the Domestic Abuse Act 2021 changed what is expected.",
    "Twelve sessions on Adultification were led by the Race Equality Foundation.",
    "Child Q and Child Z are known to all who work in schools; their reviews were discussed.",
    "The audit of deaths by drowning nationally was read by the Child Death Overview Panel.",
    "The Big Conversation brought <n> young people to Kingsfold Town Hall.",
    "The Mayor's Fund and the Violence Reduction Unit paid for Street Doctors.",
    "Nine cases were referred to the Multi-Agency Public Protection Arrangements.",
    "“Schools should talk about this more, and not just in PSHE.”",
)
