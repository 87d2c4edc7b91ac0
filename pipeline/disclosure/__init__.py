"""The one road from internal figures to what the committee gets: small groups are hidden here and nowhere else.

`protect` lays the figures out as tables, finds what is too small to be shown (`rule`), what hangs together (`links`),
and has `pipeline.suppression` choose what must be hidden besides and prove that nothing of it can be found. `overall`
shows of several municipalities what they have all shown.
"""

from pipeline.disclosure.overall import Parts, overall
from pipeline.disclosure.public import PublicFigures, protect

__all__ = ["Parts", "PublicFigures", "overall", "protect"]
