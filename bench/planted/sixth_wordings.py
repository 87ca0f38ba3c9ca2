"""Wordings held out sixth, of sentences against tables and of percentage points (see docs/consistency.md), and learnt from since."""

SENTENCES: dict[str, tuple[str, ...]] = {
    "value": ("{way} over the twelve months to March.", "The picture for {year} is one of pressure; {way}.",
              "As a partnership we note that in {year} {way}."),
    "points": ("At {now}%, {lower} is {told}{unit} {more} than a year ago, when it was {before}%.",
               "{name} moved {verb} {told}{unit} ({before}% in {last_year}, {now}% in {year})."),
}
