"""The API over HTTP: at most five requests a second, tried again when it is busy, never without end.

A proxy is taken from the environment (`HTTPS_PROXY`, `NO_PROXY`), and so are certificates (`SSL_CERT_FILE`, and those
of the system). Nothing of the municipality's own is sent: the addresses hold codes of municipalities and indicators.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from types import TracebackType
from typing import Any
from urllib.parse import urljoin, urlsplit

import httpx

from pipeline import __version__
from pipeline.comparison.kolada.records import NotKolada, records

PER_PAGE = 5000

_A_SECOND = 5
_TRIES = 5
_FIRST_WAIT, _LONGEST_WAIT = 1.0, 60.0  # seconds
_PAGES = 500
_BYTES = 100_000_000
_DIGITS = 9  # of a number of seconds
_BUSY = 429
_SERVER_FAULT = 500
_TIMES_AS_LONG = 4  # an answer that trickles in may take so many times the time-out, all in all

_NO_ADDRESS = "{} är ingen webbadress. Rätta address under [comparison] i config.toml."


class GaveUp(Exception):
    """Why nothing more is asked: a whole Swedish sentence."""


@dataclass(frozen=True)
class Clock:
    """What time is and how it is waited for; tests have their own."""

    now: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep


class Client:
    """Asks the API at an address, in a `with` block. `seconds` is how long a connection may stand still.

    Raises GaveUp where the environment's proxy cannot be used.
    """

    def __init__(self, address: str, seconds: float, clock: Clock | None = None) -> None:
        self._address = address if address.endswith("/") else f"{address}/"
        self._clock = clock or Clock()
        self._longest = seconds * _TIMES_AS_LONG
        self._last = float("-inf")
        self._http = _http(seconds)

    def __enter__(self) -> Client:
        """The client itself; its connections are closed when the block ends."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the connections."""
        self._http.close()

    def every(self, path: str) -> list[Any]:
        """All records at a path (`kpi/U28129,U28143`), page after page. Raises GaveUp."""
        try:
            url = urljoin(self._address, f"{path}?per_page={PER_PAGE}")
        except ValueError:
            raise GaveUp(_NO_ADDRESS.format(self._address)) from None
        found: list[Any] = []
        seen: set[str] = set()
        while url:
            if url in seen or len(seen) >= _PAGES:
                raise GaveUp(f"Kolada gav samma sida om igen ({_short(url)}), så hämtningen avbröts.")
            seen.add(url)
            document = self._page(url)
            found += records(document)
            url = self._next(document.get("next_url"), url)
        return found

    def _next(self, given: object, url: str) -> str:
        """The next page's address, at the same host. Raises GaveUp where it points elsewhere."""
        if not given:
            return ""
        if not isinstance(given, str):
            raise GaveUp(f"Kolada gav en nästa sida som inte är en adress ({_short(url)}), så hämtningen avbröts.")
        try:
            here, there = urlsplit(url), urlsplit(urljoin(url, given))
        except ValueError:
            raise GaveUp(
                f"Kolada gav en nästa sida som inte är en adress ({_short(url)}), så hämtningen avbröts."
            ) from None
        if there.netloc != here.netloc:
            raise GaveUp(f"Kolada hänvisade till en annan server ({there.netloc}), så hämtningen avbröts.")
        # Behind a proxy the server may take itself for one without encryption.
        return there._replace(scheme=here.scheme).geturl()

    def _page(self, url: str) -> dict[str, Any]:
        """One answer, asked for until it comes whole. Raises GaveUp after so many tries."""
        why = ""
        for attempt in range(_TRIES):
            try:
                return self._once(url)
            except _Again as fault:
                why = str(fault)
                if attempt + 1 < _TRIES:
                    self._clock.sleep(self._wait(attempt, fault.after))
        raise GaveUp(f"Kolada {why} {_TRIES} gånger i rad ({_short(url)}), så hämtningen avbröts.")

    def _wait(self, attempt: int, asked: float | None) -> float:
        """How long to wait before the next try. Raises GaveUp where the server asks for more than is waited."""
        if asked is not None and asked > _LONGEST_WAIT:
            raise GaveUp(
                f"Kolada bad oss vänta {round(asked)} sekunder, vilket är längre än vi väntar, så hämtningen avbröts."
            )
        return min(max(_FIRST_WAIT * 2**attempt, asked or 0), _LONGEST_WAIT)

    def _once(self, url: str) -> dict[str, Any]:
        self._pace()
        try:
            with self._http.stream("GET", url) as answer:
                _stop_at(answer, url)
                body = self._body(answer)
        except (httpx.InvalidURL, UnicodeError):  # the latter for host names that cannot be
            raise GaveUp(_NO_ADDRESS.format(url)) from None
        except httpx.TimeoutException:
            raise _Again("svarade inte i tid") from None
        except (httpx.TransportError, httpx.DecodingError) as fault:
            raise _Again(f"gick inte att nå eller avbröt svaret ({_reason(fault)})") from None
        try:
            document = json.loads(body)
            records(document)
        except (ValueError, NotKolada, RecursionError):
            raise _Again("gav ett svar som inte går att läsa") from None
        return document

    def _body(self, answer: httpx.Response) -> bytes:
        """The whole answer; one that trickles in without end, or is far too large, is let go of."""
        until = self._clock.now() + self._longest
        body = bytearray()
        for part in answer.iter_bytes():
            body += part
            if len(body) > _BYTES:
                raise GaveUp("Kolada gav ett svar som är orimligt stort, så hämtningen avbröts.")
            if self._clock.now() > until:
                raise _Again("svarade inte i tid")
        return bytes(body)

    def _pace(self) -> None:
        """Wait until a request may be sent."""
        pause = self._last + 1 / _A_SECOND - self._clock.now()
        if pause > 0:
            self._clock.sleep(pause)
        self._last = self._clock.now()


def _http(seconds: float) -> httpx.Client:
    certificates = httpx.create_ssl_context()
    certificates.load_default_certs()  # a municipality's proxy has certificates of its own
    headers = {"Accept": "application/json", "User-Agent": f"tertial/{__version__}"}
    try:
        return httpx.Client(timeout=seconds, verify=certificates, headers=headers)
    except (ValueError, ImportError, httpx.InvalidURL) as fault:
        raise GaveUp(f"Proxyn som står i miljön (HTTPS_PROXY) går inte att använda: {fault}.") from None


class _Again(Exception):
    """Why an answer did not come, after `Kolada`; `after`: so many seconds the server asks us to wait."""

    def __init__(self, why: str, after: float | None = None) -> None:
        super().__init__(why)
        self.after = after


def _stop_at(answer: httpx.Response, url: str) -> None:
    """Raise _Again for what may pass, GaveUp for what will not."""
    code = answer.status_code
    if code == _BUSY:
        raise _Again("svarade att vi frågar för fort (429)", _asked_to_wait(answer.headers.get("Retry-After", "")))
    if code >= _SERVER_FAULT:
        raise _Again(f"svarade med fel {code}", _asked_to_wait(answer.headers.get("Retry-After", "")))
    if code != httpx.codes.OK:
        raise GaveUp(
            f"Kolada svarade {code} på {_short(url)}, så hämtningen avbröts. Kontrollera address under [comparison] i"
            " config.toml, och om en proxy kräver inloggning."
        )


def _asked_to_wait(header: str) -> float | None:
    """Seconds of a Retry-After header, which holds either those or a time; None where it holds neither."""
    if header.strip().isdecimal():
        return float(header.strip()[:_DIGITS])
    try:
        then = parsedate_to_datetime(header)
    except ValueError:
        return None
    return max(0.0, (then.replace(tzinfo=then.tzinfo or UTC) - datetime.now(UTC)).total_seconds())


def _reason(fault: Exception) -> str:
    return str(fault) or type(fault).__name__


def _short(url: str) -> str:
    """An address as a reader needs it: without host, cut where it lists many ids."""
    path = urlsplit(url).path
    return path if len(path) <= 80 else f"{path[:79]}…"
