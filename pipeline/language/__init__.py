"""The language that a report is written in: every text of ours is Swedish in the code, and said in another on request.

Swedish is the source. `say` says a text now, with values for its named places; `later` marks a text that stands in the
code until it is printed, and then says itself; `plural` picks the form that goes with a number (`one_many`
marks the two), and `within` tells
apart words that are one in Swedish. While nothing else is asked for each gives the Swedish text as it stands.

The English texts are the catalogue `locale/en/LC_MESSAGES/tertial.po`; `pipeline.language.texts` gathers what it must
hold. What a municipality has written is no text of ours, and stands as it was written.
"""

from pipeline.language.spoken import (
    LANGUAGES,
    Text,
    babel_locale,
    code,
    later,
    later_within,
    one_many,
    outside,
    plural,
    say,
    speaking,
    within,
)

__all__ = [
    "LANGUAGES",
    "Text",
    "babel_locale",
    "code",
    "later",
    "later_within",
    "one_many",
    "outside",
    "plural",
    "say",
    "speaking",
    "within",
]
