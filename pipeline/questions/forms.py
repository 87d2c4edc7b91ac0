"""The forms that an answer is given in."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

from pipeline.errors import WrongUse


class Form(StrEnum):
    """How an answer is written; the name is also how its files end."""

    TABLE = "table"
    CSV = "csv"
    XLSX = "xlsx"
    JSON = "json"
    PARQUET = "parquet"


_OF_FILES = (Form.CSV, Form.XLSX, Form.JSON, Form.PARQUET)
_NOT_ON_SCREEN = (Form.XLSX, Form.PARQUET)


def chosen(form: Form | None, out: Path | None) -> Form:
    """The form asked for, else the one that the file's name ends with, else a table on screen.

    Raises WrongUse where a form needs a file or the other way round.
    """
    if form is None and out is not None:
        form = next((one for one in _OF_FILES if out.suffix.lower() == f".{one.value}"), None)
        if form is None:
            raise WrongUse(
                f"--out {out}: filens namn säger inte hur svaret ska skrivas. Låt det sluta på .csv, .xlsx, .json"
                " eller .parquet, eller ange --format."
            )
    form = form or Form.TABLE
    if out is None and form in _NOT_ON_SCREEN:
        raise WrongUse(f"--format {form} skrivs till en fil. Ange vilken, till exempel --out svar.{form}")
    if out is not None and form is Form.TABLE:
        raise WrongUse("En tabell visas bara på skärmen. Ange --format csv, xlsx, json eller parquet för en fil.")
    return form
