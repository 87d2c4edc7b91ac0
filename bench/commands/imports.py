"""Imports the modules that are named in a JSON file, and does nothing else."""

from __future__ import annotations

import importlib
import json
import sys
from pathlib import Path

if __name__ == "__main__":
    for module in json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")):
        importlib.import_module(module)
