"""Programs outside Python that some tests need: skipped where they are missing, except where they must be there."""

from __future__ import annotations

import os
import shutil

import pytest

REQUIRED = "TERTIAL_REQUIRE_PROGRAMS"


def require_program(*names: str) -> str:
    """The path of the first of the programs `names` that is installed, for example `"libreoffice", "soffice"`.

    Without any, the test is skipped and says what it lacks; with TERTIAL_REQUIRE_PROGRAMS=1 it fails instead, so that
    no build server passes by having nothing to test with.
    """
    for name in names:
        if found := shutil.which(name):
            return found
    lacking = f"{names[0]} is not installed on this machine, and this test needs it"
    if os.environ.get(REQUIRED) == "1":
        pytest.fail(f"{lacking}; {REQUIRED}=1 says that it must be there")
    pytest.skip(lacking)
