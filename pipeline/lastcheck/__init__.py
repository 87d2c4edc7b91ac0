"""The last check before anything is published: every public file is opened as written and proved to tell no secret."""

from pipeline.lastcheck.account import stop_if_any
from pipeline.lastcheck.findings import Finding, Kind
from pipeline.lastcheck.proving import committee, council, overview
from pipeline.lastcheck.secret import Secrets, secrets

__all__ = ["Finding", "Kind", "Secrets", "committee", "council", "overview", "secrets", "stop_if_any"]
