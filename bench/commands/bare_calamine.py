"""The floor for workbooks: calamine reads every sheet into Python's values, and nothing is done with them."""

from __future__ import annotations

import sys
from pathlib import Path

from python_calamine import CalamineWorkbook


def main(raw: Path) -> None:
    """Read every workbook of a folder."""
    for file in sorted(raw.glob("*.xlsx")):
        with CalamineWorkbook.from_path(file) as book:
            for name in book.sheet_names:
                book.get_sheet_by_name(name).to_python()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
