"""Kolada: the API's answers as typed records, what is kept of them, and indicators made of that.

Its client is in `client`, which nothing but a fetch needs.
"""

from pipeline.comparison.kolada.asking import Asked, ask
from pipeline.comparison.kolada.indicators import indicators, is_discontinued
from pipeline.comparison.kolada.parties import groups_of, similar_to
from pipeline.comparison.kolada.records import Content, NotKolada, parse, records
from pipeline.comparison.kolada.storage import Kept, keep, stored
from pipeline.comparison.kolada.unfinished import Unfinished

__all__ = [
    "Asked",
    "Content",
    "Kept",
    "NotKolada",
    "Unfinished",
    "ask",
    "groups_of",
    "indicators",
    "is_discontinued",
    "keep",
    "parse",
    "records",
    "similar_to",
    "stored",
]
