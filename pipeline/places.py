"""Where the project stands, and where its database is unless said: what can be known before anything is read."""

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CONFIG_FILE = ROOT / "config.toml"
PROCESSED = Path("data/processed")  # from the configuration's folder
SHELL_HISTORY = ".shell_history"  # beside the database: what was asked at the prompt
