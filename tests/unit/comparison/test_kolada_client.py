"""The client against a server that behaves, and misbehaves, as the API does."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from pipeline.comparison.kolada import ask, groups_of
from pipeline.comparison.kolada.client import Client, Clock, GaveUp
from tests.unit.comparison.stub import MUNICIPALITIES, NACKA, REGIONS, Answer, Fault, Stub, number_of, serving

SECONDS = 0.3
JSON = {"Content-Type": "application/json"}


class Waiting:
    """A clock that nobody has to wait for: it goes on when it is slept on, and notes how long."""

    def __init__(self) -> None:
        self.at, self.slept = 0.0, list[float]()

    def sleep(self, seconds: float) -> None:
        self.at += seconds
        self.slept.append(seconds)

    @property
    def clock(self) -> Clock:
        return Clock(now=lambda: self.at, sleep=self.sleep)

    @property
    def between_tries(self) -> list[float]:
        """What was slept besides the pauses of a fifth of a second."""
        return [seconds for seconds in self.slept if seconds > 0.21]


@pytest.fixture
def server() -> Iterator[Stub]:
    with serving() as stub:
        yield stub


@pytest.fixture
def waiting() -> Waiting:
    return Waiting()


def every(server: Stub, path: str, waiting: Waiting) -> list[dict[str, object]]:
    with Client(server.address, SECONDS, waiting.clock) as client:
        return client.every(path)


def first(times: int, answer: Answer | None) -> Fault:
    """The first tries of each path go wrong."""
    return lambda _, tries, right: answer if tries <= times else right


def test_pages_are_followed_to_the_last_and_no_record_comes_twice(server, waiting):
    server.page_size = 4
    codes = [row["id"] for row in every(server, "municipality", waiting)]
    assert sorted(codes) == sorted({*MUNICIPALITIES, *REGIONS})
    assert len(server.asked) == -(-len(codes) // 4)


def test_no_part_of_a_path_has_more_than_25_ids(waiting):
    many = {f"U{number:05}": {"id": f"U{number:05}", "title": "Andel (%)", "description": "", "publ_period": "2026"}
            for number in range(60)}  # fmt: skip
    with serving(kpis=many) as server, Client(server.address, SECONDS, waiting.clock) as client:
        asked = ask(client.every, list(many), [2024, 2025], lambda known: groups_of(known, NACKA))
    parts = [part.split("?")[0] for path in server.asked for part in path.split("/")]
    assert max(part.count(",") + 1 for part in parts) == 25
    # Every place of two years: the nation, the municipalities, two kinds of similar ones and the SKR group.
    assert len(asked.content.values) == 60 * 2 * (1 + len(MUNICIPALITIES) + 3)
    assert asked.content.values["U00059", NACKA, 2025, "T"] == (number_of("U00059", NACKA, 2025), None)


def test_unknown_indicators_are_named_and_cost_nothing(server, waiting):
    with Client(server.address, SECONDS, waiting.clock) as client:
        asked = ask(client.every, ["U99999", "U28129"], [2025], lambda known: groups_of(known, NACKA))
    assert (asked.unknown, asked.kpis) == (("U99999",), ("U28129",))
    assert not [path for path in server.asked if "data" in path and "U99999" in path]


def test_no_more_than_five_requests_are_sent_in_a_second(server):
    server.page_size = 3
    with Client(server.address, SECONDS) as client:
        client.every("municipality")
    apart = [after - before for before, after in zip(server.times, server.times[1:], strict=False)]
    assert len(apart) >= 5
    assert min(apart) > 0.17  # a fifth of a second, less what the two clocks differ


@pytest.mark.parametrize(
    ("answer", "waits"),
    [
        ((429, {"Retry-After": "7"}, b"slow down"), [7, 7]),
        ((429, {"Retry-After": "later"}, b""), [1, 2]),
        ((429, {}, b""), [1, 2]),
        ((500, {}, b"<h1>Fault</h1>"), [1, 2]),
        ((503, {"Retry-After": "1"}, b""), [1, 2]),
        ((200, JSON, b"<html>Logga in</html>"), [1, 2]),
        ((200, JSON, b'{"values": [{"id": '), [1, 2]),
        ((200, JSON, b'{"result": "ok"}'), [1, 2]),
        ((200, JSON, b"\xff\xfe"), [1, 2]),
        ((200, JSON, b"[" * 100_000), [1, 2]),
        (None, [1, 2]),
    ],
)
def test_what_passes_is_waited_for_and_asked_again(server, waiting, answer, waits):
    server.fault = first(2, answer)
    assert len(every(server, "municipality", waiting)) == len({*MUNICIPALITIES, *REGIONS})
    assert waiting.between_tries == waits
    assert len(server.asked) == 3


def test_a_time_to_come_back_may_be_a_day_and_hour(server, waiting):
    then = format_datetime(datetime.now(UTC) + timedelta(seconds=20), usegmt=True)
    server.fault = first(1, (429, {"Retry-After": then}, b""))
    every(server, "municipality", waiting)
    assert [round(seconds) for seconds in waiting.between_tries] in ([19], [20])


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        ((500, {}, b""), "Kolada svarade med fel 500 5 gånger i rad (/v3/municipality), så hämtningen avbröts."),
        (
            (429, {}, b""),
            "Kolada svarade att vi frågar för fort (429) 5 gånger i rad (/v3/municipality), så hämtningen avbröts.",
        ),
        (
            (200, JSON, b"{}"),
            "Kolada gav ett svar som inte går att läsa 5 gånger i rad (/v3/municipality), så hämtningen avbröts.",
        ),
    ],
)
def test_what_never_passes_is_given_up_in_one_sentence(server, waiting, answer, sentence):
    server.fault = first(99, answer)
    with pytest.raises(GaveUp) as told:
        every(server, "municipality", waiting)
    assert str(told.value) == sentence
    assert (len(server.asked), waiting.between_tries) == (5, [1, 2, 4, 8])


def test_a_connection_that_is_always_cut_is_given_up(server, waiting):
    server.fault = first(99, None)
    with pytest.raises(GaveUp, match=r"^Kolada gick inte att nå eller avbröt svaret \(.+\) 5 gånger i rad"):
        every(server, "municipality", waiting)


def test_a_server_that_is_not_there_is_given_up(waiting):
    with serving() as gone:
        pass
    with pytest.raises(GaveUp, match=r"^Kolada gick inte att nå"):
        every(gone, "municipality", waiting)


def test_a_server_that_stands_still_is_given_up(server, waiting):
    def still(_: str, __: int, right: Answer) -> Answer:
        time.sleep(SECONDS * 1.5)
        return right

    server.fault = still
    with pytest.raises(GaveUp, match=r"^Kolada svarade inte i tid 5 gånger i rad"):
        every(server, "municipality", waiting)


def test_an_answer_that_trickles_in_without_end_is_given_up(server, waiting):
    server.pause = 0.02
    with (
        Client(server.address, 0.1, Clock(now=time.monotonic, sleep=waiting.sleep)) as client,
        pytest.raises(GaveUp, match=r"^Kolada svarade inte i tid 5 gånger i rad"),
    ):
        client.every("municipality")


def test_a_longer_wait_than_a_minute_is_not_waited(server, waiting):
    server.fault = first(1, (429, {"Retry-After": "3600"}, b""))
    with pytest.raises(GaveUp, match=r"^Kolada bad oss vänta 3600 sekunder, vilket är längre än vi väntar"):
        every(server, "municipality", waiting)
    assert not waiting.between_tries


@pytest.mark.parametrize("code", [301, 401, 403, 404, 422])
def test_what_will_not_pass_is_not_asked_again(server, waiting, code):
    server.fault = first(99, (code, {"Location": "/elsewhere"}, b"{}"))
    with pytest.raises(GaveUp, match=rf"^Kolada svarade {code} på /v3/municipality, så hämtningen avbröts"):
        every(server, "municipality", waiting)
    assert len(server.asked) == 1


def test_pages_that_go_round_end(server, waiting):
    page = b'{"values": [{"id": "0180", "title": "Stockholm", "type": "K"}], "next_url": "%s"}'
    server.fault = lambda *_: (200, JSON, page % f"{server.address}municipality?per_page=5000&page=2".encode())
    with pytest.raises(GaveUp, match="samma sida om igen"):
        every(server, "municipality", waiting)
    assert len(server.asked) == 2


def test_pages_without_end_end(server, waiting):
    page = b'{"values": [], "next_url": "%smunicipality?page=%d"}'
    server.fault = lambda *_: (200, JSON, page % (server.address.encode(), len(server.asked)))
    with pytest.raises(GaveUp, match="samma sida om igen"):
        every(server, "municipality", waiting)
    assert len(server.asked) == 500


@pytest.mark.parametrize(
    ("following", "told"), [('"http://127.0.0.2:1/v3/x"', "en annan server (127.0.0.2:1)"), ("7", "inte är en adress")]
)
def test_a_next_page_elsewhere_is_not_followed(server, waiting, following, told):
    server.fault = lambda *_: (200, JSON, f'{{"values": [], "next_url": {following}}}'.encode())
    with pytest.raises(GaveUp) as fault:
        every(server, "municipality", waiting)
    assert told in str(fault.value)


def test_the_environments_proxy_is_used(server, waiting, monkeypatch):
    proxy = server.address.removesuffix("v3/")
    for name in ("http_proxy", "HTTP_PROXY"):
        monkeypatch.setenv(name, proxy)
    server.fault = lambda *_: (200, JSON, b'{"values": [{"id": "0180", "title": "Stockholm", "type": "K"}]}')
    with Client("http://kolada.invalid/v3/", SECONDS, waiting.clock) as client:
        assert [row["id"] for row in client.every("municipality")] == ["0180"]
    assert server.asked == ["http://kolada.invalid/v3/municipality?per_page=5000"]


def test_a_proxy_that_cannot_be_used_is_told(monkeypatch):
    for name in ("https_proxy", "HTTPS_PROXY"):
        monkeypatch.setenv(name, "ftp://proxy.invalid")
    with pytest.raises(GaveUp, match=r"^Proxyn som står i miljön \(HTTPS_PROXY\) går inte att använda"):
        Client("https://kolada.invalid/v3/", SECONDS)


def test_a_next_page_that_is_no_address_is_told(server, waiting):
    body = b'{"values": [], "next_url": "http://[bad"}'
    server.fault = lambda path, tries, right: (200, JSON, body)
    with pytest.raises(GaveUp, match="en nästa sida som inte är en adress"):
        every(server, "municipality", waiting)


@pytest.mark.parametrize("address", ["https://[x/", "http://..../"])
def test_an_address_that_is_none_is_told(waiting, address, monkeypatch):
    monkeypatch.setenv("NO_PROXY", "*")
    with Client(address, SECONDS, waiting.clock) as client, pytest.raises(GaveUp, match="är ingen webbadress"):
        client.every("municipality")
