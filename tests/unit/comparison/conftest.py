"""What holds for every test of comparisons."""

import pytest


@pytest.fixture(autouse=True)
def no_proxy_on_the_way_to_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("NO_PROXY", "no_proxy"):
        monkeypatch.setenv(name, "127.0.0.1")
