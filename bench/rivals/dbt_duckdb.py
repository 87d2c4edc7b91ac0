"""Reading, rejecting and figures by dbt-duckdb: three models, built from nothing."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import shared
from dbt.cli.main import dbtRunner

PROJECT = Path(__file__).parent / "dbt"


def main(raw: Path) -> None:
    """Build the models, and read what they came to."""
    with TemporaryDirectory() as made:
        os.environ |= {"RIVAL_DATABASE": f"{made}/rival.duckdb", "DBT_SEND_ANONYMOUS_USAGE_STATS": "false"}
        places = ["--project-dir", str(PROJECT), "--profiles-dir", str(PROJECT)]
        places += ["--target-path", f"{made}/target", "--log-path", f"{made}/logs"]
        done = dbtRunner().invoke(["run", *places, "--vars", f"raw: '{raw}'"])
        if not done.success:
            raise RuntimeError("dbt could not build its models")
        with duckdb.connect(f"{made}/rival.duckdb") as database:
            counted = {
                rules.file: [
                    row for (row,) in database.execute(f"select rowid from {table} where is_faulty").fetchall()
                ]
                for rules, table in ((shared.REFERRALS, "referrals"), (shared.INVESTIGATIONS, "investigations"))
            }
            figures = dict(database.execute("select key, value from figures").fetchall())
    shared.say(counted, figures)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
