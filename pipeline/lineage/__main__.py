"""Write docs/lineage.md anew: `python -m pipeline.lineage`, in the project's environment."""

from pipeline.lineage import library, page
from pipeline.metrics import catalogue

page.FILE.write_text(page.text(library.read(), catalogue.read()), encoding="utf-8", newline="\n")
