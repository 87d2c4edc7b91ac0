"""Where the project and its own files stand, and its database unless said: what can be known before any is read."""

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CONFIG_FILE = ROOT / "config.toml"
SQL = ROOT / "sql"
LAW_FILE = SQL / "law.toml"
COMPARISONS_FILE = SQL / "comparisons.toml"
PROCESSED = Path("data/processed")  # from the configuration's folder
SHELL_HISTORY = ".shell_history"  # beside the database: what was asked at the prompt
