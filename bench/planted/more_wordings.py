"""Further wordings of the tuned seeds: held out once (see docs/consistency.md), and learnt from since."""

SENTENCES: dict[str, tuple[str, ...]] = {
    "value": ("Partners recorded {way} over the course of {year}.", "For the year as a whole, {way}.",
              "{year} was a year in which {way}."),
    "change": ("{lead} in {year}. The year before it was {before}, so that is a {noun} of {about}{told}%.",
               "Compared with {before} in {last_year}, {lead} – {about}{told}% {more}.",
               "{name}: {now} this year against {before} last year ({sign}{told}%).",
               "{name} {verb} by {about}{told}%, from {before} to {now}."),
    "points": ("{name} stood at {now}%, {verb} {told}{unit} from {before}%.",
               "{name}: {now}%, compared with {before}% in {last_year} ({verb} {told}{unit}).",
               "We moved from {before}% to {now}% for {lower}, {told}{unit} {more}."),
    "parts": ("{whole} children were known to the panel, {one} girls and {two} boys.",
              "Of the {whole} children known to the panel, {one} were girls and {two} were boys.",
              "The panel worked with {whole} children, that is, {one} girls and {two} boys."),
    "share": ("{good} of the {cases} files on {what} – {share}% – were good or better.",
              "{share} per cent of the {cases} cases on {what} ({good}) met what we expect.",
              "On {what}, {good} cases out of {cases} ({share} per cent) showed that the child had been seen alone.",
              "We sampled {cases} cases on {what} and found {good} of them ({share}%) to be sound."),
    "list": ("{word} areas were looked at in depth:", "Our {word} themes for audit were:",
             "In {year} partners carried out {word} joint audits, which were:"),
    "told-twice": ("{n} pupils took part in our survey of young people.", "In all, {n} pupils answered the survey of "
                                                                          "young people.",
                   "The survey of young people drew {n} answers from pupils."),
    "deaths": ("{n} child deaths were reported to the panel during {year}.",
               "The panel had notice of {n} child deaths in {year}."),
    "places": ("The programme had room for {n} people.", "In total {n} places were on offer.",
               "{n} training places were available to partners."),
    "variance": ("Spending was £{n} {more} than income.", "An {word} of £{n} was carried into the new year.",
                 "At the year end there was an {word} of £{n} on the pooled budget."),
    "span": ("The period covered is 1 April {start} – 31 March {end}.", "All figures are for 1 April {start} to 31 "
                                                                        "March {end}.",
             "Unless said otherwise, the figures are from 1 April {start} until 31 March {end}."),
    "outside": ("In the course of the year, on 14 October {year}, we held a summit on neglect.",
                "This year our website was launched on 3 November {year}.",
                "Over the reporting period we ran a campaign, launched on 9 December {year}."),
    "weekday": ("The partners came together on {named}, {day} {month} {year}.",
                "{named} the {day} of {month} {year} saw the first joint meeting."),
    "reference": ("{Kind} {told} has the detail.", "(see {kind} {told})", "Please refer to {kind} {told} for the full "
                                                                          "picture.",
                  "We come back to this in {kind} {told}."),
    "priorities": ("Our {word} priorities for next year are {listed}.", "The {word} priorities – {listed} – stay as "
                                                                        "they were.",
                   "Partners agreed {word} priorities for the coming year: {listed}."),
}

PLANTED: dict[str, tuple[str, ...]] = {
    "name": ("“It was [<given>] who sat with me in A&E until four in the morning.”",
             "“I'd like [<given> <family>] to know that we are all right now.”",
             "Her mother, [<given> <family>], asked for help on three occasions.",
             "We are grateful to the parents of [<given>] for letting us tell this.",
             "“The social worker, [Miss <family>], was kind to my nan.”",
             "“[<given>] and [<other>] are doing well and we have our own place.”".replace("[<other>]", "<other>"),
             "A foster carer wrote about [<given>], who came to her at the age of nine."),
    "initials": ("“Since [<two>] has had a mentor he gets up for college.”", "“[<letter>] made me feel safe.”",
                 "[<dotted>], a Year 9 pupil at <school>, spoke at the conference."),
    "school": ("“My brother got bullied at [<school>] because of where we live.”",
               "A boy at [<school>] was given a mentor after the attack.",
               "The child had moved to [<school>] only a week before."),
    "address": ("Officers forced entry to [<n> <street>] shortly after midnight.", "“Everyone on [<street>] knows what "
                                                                                   "he did to us.”",
                "The mother and her twins were placed in a hotel and later at Flat [<n>, <street>].".replace("Flat [",
                                                                                                             "[Flat ")),
    "postcode": ("The incident log names [<code>] as the place of all four calls.", "“It's the third time this year in "
                                                                                    "[<code>].”"),
    "phone": ("“My number is still [<phone>].”", "The note gave [<phone>] as the father's mobile."),
    "e-mail": ("“You can always get me at [<given><year>@example.com].”", "The grandmother "
                                                                          "([<family>.<given>@example.net]) agreed to "
                                                                          "this."),
    "reference": ("Crime number [<ref>/23] was still open in March.", "See client [ID <ref>] on the children's "
                                                                      "system.".replace("[ID ", "ID [")),
    "birth": ("He was [born 0<age2>/11/<year>] and placed with his aunt at birth.", "The twins' [date of birth is <day> "
                                                                                    "<year>]."),
    "age": ("At [<age>, she] was sleeping on a friend's sofa in <place>.".replace("[<age>, she]", "[<age>], she"),
            "The mother of a [<age>-month-old] baby in <place> had told nobody.",
            "“My lad is [<age>] and gets stopped every week in <place>.”"),
    "rare": ("A nine-year-old girl [died in a house fire] in Eastbrook on Boxing Day.",
             "“After my dad was [sentenced to] life we had to leave Hazelmoor.”",
             "We are the first report to tell of a girl of eight who [took her own life] last winter.",
             "She is [the only deaf pupil in the school] and needs an interpreter."),
}

CLEAN: tuple[str, ...] = (
    "Our thanks go to the Lead Member, Councillor <given> <family>, for her steady support.",
    "<given> <family>, Chief Nurse of the Integrated Care Board, chaired the Executive until June.",
    "The Safer Streets Fund paid for lighting near Harbour Lane Primary School.",
    "Since Operation Lantern began, officers have visited <n> hotels in the county.",
    "“Being asked what I think made a difference. Nobody had done that before.”",
    "“We want adults to be honest. If you cannot fix it, say so.”",
    "“Please don't cancel. If you have to, tell us why.”",
    "The Hub moved to Riverside House in September and is open from Monday to Friday.",
    "Data come from the Liquidlogic system and from the Ofsted dashboard.",
    "Working with the Diocese of Wexcombe and the Jamia Mosque, we reached <n> families.",
    "For advice call the NSPCC on 0808 800 5000 or the MASH on 01632 960456.",
    "In Year 7 and Year 8 pupils were taught about healthy relationships.",
    "The Serious Violence Duty and the Right Care Right Person model changed how police respond.",
    "Reviews of Child B and Family C were discussed with the National Panel.",
    "Colleagues in Brackenshire, Kingsfold and Saltmere use the same threshold document.",
    "Learning on knife crime and on deaths by suicide was shared at the Spring Conference.",
    "The Supporting Families Programme has a target of <n> families by March 2025.",
    "“Thanks to the breakfast club I am not late any more.”",
    "Practitioners said that Family Group Conferences work best when they come early.",
    "The Board thanked the Voluntary Sector Forum, Youth Voice and the Parent Carer Panel.",
)
