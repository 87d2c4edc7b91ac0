"""How the invented municipality is marked wherever it is shown: in names of files, beside headings, in a sentence."""

from __future__ import annotations

from pipeline.language import later

DEMO_WORD = "DEMODATA"
DEMO_SUFFIX = f"-{DEMO_WORD}"  # stands before a file name's ending
DEMO_SENTENCE = later("DEMODATA: kommunen och alla uppgifter är påhittade.")
