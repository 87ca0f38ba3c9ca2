"""Wordings held out third (see docs/consistency.md), and learnt from since."""

SENTENCES: dict[str, tuple[str, ...]] = {
    "value": ("Over {year} as a whole {way}.", "{way} in {year}, according to our data.", "In the twelve months of "
                                                                                          "{year}, {way}."),
    "change": ("{lead} in {year}, against {before} in {last_year}: a {noun} of {about}{told}%.",
               "From {before} in {last_year} the number for {name} moved to {now}, {about}{told}% {more}.",
               "{name} ({last_year}: {before}, {year}: {now}) {verb} by {about}{told} per cent."),
    "points": ("{name} went from {before}% to {now}%; that is {told}{unit} {more}.",
               "At {now}%, {lower} is {told}{unit} {more} than the {before}% of {last_year}."),
    "parts": ("Some {one} girls and {two} boys made up the {whole} children discussed.".replace("Some ", ""),
              "{whole} children came to the panel's notice: {one} girls and {two} boys.",
              "In total, {whole} children were discussed, of them {one} girls and {two} boys."),
    "share": ("{what}: {good} of {cases} cases were good, which is {share}%.", "Of {cases} cases on {what}, {share}% "
                                                                               "({good}) were good.",
              "A good standard was reached in {good} out of {cases} cases on {what}, {share}% of the sample."),
    "list": ("This year saw {word} audits:", "Audits were completed in {word} areas of practice:",
             "We set ourselves {word} audit questions for {year}:"),
    "told-twice": ("Answers to the survey of young people came from {n} pupils.", "The survey of young people was "
                                                                                  "completed by {n} pupils.",
                   "{n} pupils responded to the survey of young people."),
    "deaths": ("{year} saw {n} child deaths notified to the panel.", "The number of child deaths notified to the panel "
                                                                     "in {year} was {n}."),
    "places": ("Our courses offered {n} places.", "{n} places were provided through the programme.", "The total of "
                                                                                                     "training places "
                                                                                                     "offered was {n}."),
    "variance": ("There was an {word} of £{n} for the year.", "The {word} came to £{n}.", "The budget shows an {word} "
                                                                                          "of £{n}."),
    "span": ("The report looks at the year 1 April {start} to 31 March {end}.", "It runs from 1 April {start} to 31 "
                                                                                "March {end}."),
    "outside": ("Over the year we held one summit, on neglect, on 14 October {year}.",
                "During this period, on 3 November {year}, a new website was launched.",
                "Throughout the year our campaign ran, and was opened by the Mayor on 9 December {year}."),
    "weekday": ("{named}, {day} {month} {year}: all partners met for the first time.", "We were inspected on {named} "
                                                                                       "{day} {month} {year}."),
    "reference": ("See also {Kind} {told}.", "Details are in {kind} {told}.", "This is taken up again in {Kind} {told}."),
    "priorities": ("We will work on {word} priorities: {listed}.", "{word} priorities were agreed: {listed}.",
                   "Next year's {word} themes will be: {listed}."),
}

PLANTED: dict[str, tuple[str, ...]] = {
    "name": ("“[<given>] was lovely to my kids and never talked down to us.”", "“I owe my life to [<given> <family>].”",
             "The mother, [<given> <family>], told reviewers that she had begged for help.", "“It's because of "
                                                                                             "[<given>] that I went "
                                                                                             "back to college.”",
             "A girl called [<given>] drew the cover of this report.", "“[Mrs <family>] next door rang the police when "
                                                                       "she heard us.”"),
    "initials": ("“My little brother [<two>] still asks when he can come home.”", "“I miss [<letter>], she was the best "
                                                                                  "worker I had.”",
                 "The plan for [<dotted>] at <school> was reviewed twice."),
    "school": ("“I got no help at [<school>] until I stopped going.”", "One pupil at [<school>] had been out of class "
                                                                       "for a term.",
               "The mother of a boy at [<school>] asked for help in May."),
    "address": ("The couple rented [<n> <street>] from a relative.", "“We live on [<street>] and hear it every night.”"),
    "postcode": ("Officers attended [<code>] on Boxing Day.", "“It happened again at [<code>] in front of everyone.”"),
    "phone": ("“Text [<phone>] and ask for my mum.”", "The only contact was a mobile ([<phone>])."),
    "e-mail": ("“You have my address, [<given><year>@example.com].”", "A carer, [<given>.<family>@example.net], offered "
                                                                      "to speak."),
    "reference": ("Concerns were logged under incident [<ref>] in May.", "See file number [<ref>]."),
    "birth": ("The child ([DOB 0<age2>/05/<year>]) had four moves.", "He was [born on <day> <year>] and died in the "
                                                                     "same month."),
    "age": ("A [<age>-year-old] girl from <place> had been missing eleven times.", "“I am [<age>], from <place>, and I "
                                                                                   "have three little sisters.”",
            "A boy [aged <age>] was stopped by officers in <place>."),
    "rare": ("A 12-year-old boy was [killed] by a train near Hazelmoor in July.", "“When my sister was [stabbed] "
                                                                                  "everyone filmed it.”",
             "She was [the first child in the county] to be placed in a secure unit under the new "
             "law.".replace("[the first child in the county]", "[the first child in the county]"),
             "The death of a baby who [drowned] in a bath in Eastbrook last winter was reviewed."),
}

CLEAN: tuple[str, ...] = (
    "<given> <family>, Director of Children's Services, said that the year had been hard.",
    "The Designated Nurse, <given> <family>, led the work on bruising.",
    "Wexcombe Women's Aid and the Saltmere Trust run the Freedom Programme.",
    "The pilot at Harbour Lane Primary School was praised by Ofsted.",
    "A summary of the review of Child D is on our website.",
    "“We are not a case number. We are a family.”",
    "“Please write it in words that I can read.”",
    "“The best thing was the trip to the seaside with the other young carers.”",
    "Report concerns to the Front Door on 01632 960321.",
    "Police and Crime Commissioner funding ended in March.",
    "Ramadan, Diwali and Christmas were marked by the Children in Care Council.",
    "The Lucy Faithfull Foundation and the Internet Watch Foundation gave talks.",
    "Officers from Operation Lantern visited <n> takeaways on the High Street.",
    "Two young people spoke at the National Youth Voice Conference in Leeds.",
    "Deaths from asthma were the theme of the Child Death Overview Panel in June.",
    "The Neglect Strategy 2023-26 and the Family Help Model are now in use.",
)
