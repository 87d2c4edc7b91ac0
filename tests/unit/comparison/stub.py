"""A server on this machine that answers as Kolada's API does, and misbehaves as it is told to.

It holds invented values of real indicators and municipalities, in the API's own JSON, and refuses what the API refuses:
more than 25 ids in a part of a path, more than 5,000 records a page, data by fewer than two of its three parts.
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

NACKA = "0182"
IFO_OF_NACKA = {
    "0126": "Huddinge", "0163": "Sollentuna", "0184": "Solna", "0780": "Växjö", "1380": "Halmstad", "2480": "Umeå",
    "2482": "Skellefteå",
}  # fmt: skip
LSS_OF_NACKA = {
    "0123": "Järfälla", "0126": "Huddinge", "0136": "Haninge", "0160": "Täby", "0163": "Sollentuna", "1490": "Borås",
    "1780": "Karlstad",
}  # fmt: skip
OTHERS = {"0180": "Stockholm", "0580": "Linköping", "1285": "Eslöv", "2121": "Ovanåker"}
MUNICIPALITIES = {NACKA: "Nacka", **IFO_OF_NACKA, **LSS_OF_NACKA, **OTHERS}
REGIONS = {"0000": "Riket", "0001": "Region Stockholm"}
YEARS = range(2020, 2027)

Json = dict[str, Any]
Answer = tuple[int, dict[str, str], bytes]
# Given the path, how many times it has been asked, and the right answer: another answer, or None for no answer at all.
Fault = Callable[[str, int, Answer], Answer | None]


def kpi(kpi_id: str, title: str, publ_period: str | None = "2026", description: str = "Källa: påhittad.") -> Json:
    """An indicator's record."""
    return {
        "id": kpi_id, "title": title, "description": description, "is_divided_by_gender": True,
        "municipality_type": "K", "auspice": "T", "operating_area": "Individ- och familjeomsorg",
        "perspective": "Kvalitet och resultat", "prel_publication_date": None, "publication_date": None,
        "publ_period": publ_period, "has_ou_data": False,
    }  # fmt: skip


def group(group_id: str, title: str, members: dict[str, str]) -> Json:
    """A group's record."""
    return {
        "id": group_id,
        "title": title,
        "members": [{"member_id": code, "member_title": name} for code, name in members.items()],
    }


def value(kpi_id: str, place: str, year: int, number: float | None, status: str = "", **more: Any) -> Json:
    """A record of values of both genders together; `gender`, `isdeleted` and `count` may be said."""
    one = {"gender": "T", "count": 1, "status": status, "value": number, "isdeleted": False, **more}
    return {"kpi": kpi_id, "municipality": place, "period": year, "values": [one]}


def number_of(kpi_id: str, place: str, year: int) -> float:
    """The invented value: every one of them different, so that none can be taken for another."""
    digits = int("".join(sign for sign in kpi_id + place if sign.isdigit()))
    return round(digits % 9973 / 100 + (year - 2000) / 1000, 3)


GROUPS = [
    group("G36599", "Liknande kommuner IFO, Nacka, 2024", IFO_OF_NACKA),
    group("G30599", "Liknande kommuner IFO, Nacka, 2022", {**IFO_OF_NACKA, "0180": "Stockholm"}),
    group("G39648", "Liknande kommuner LSS, Nacka, 2024", LSS_OF_NACKA),
    group("G36485", "Liknande kommuner IFO, Eslöv, 2024", {"2480": "Umeå"}),
    group("G92793", "Pendlingskommun nära storstad (ovägt medel)", {NACKA: "Nacka", "0126": "Huddinge"}),
    group("G92787", "Storstäder (ovägt medel)", {"0180": "Stockholm"}),
]
KPIS = {
    "U28129": kpi("U28129", "Brukare med en aktuell genomförandeplan, bostad med särskild service, andel (%)"),
    "U28143": kpi("U28143", "Brukare med en aktuell genomförandeplan, daglig verksamhet, andel (%)"),
    "U33401": kpi("U33401", "Utredningstid i antal dagar, barn och ungdom 0-20 år, medelvärde", None),
    "U33402": kpi("U33402", "Utredningstid i antal dagar, barn och unga 0-20 år, median (- 2024)", None),
    "N31816": kpi("N31816", "Vuxna med långvarigt ekonomiskt bistånd, andel (%) av befolkningen", "2025"),
}
LAST_YEAR = {"U33401": 2023, "U33402": 2024}


@dataclass
class Stub:
    """What the server holds, how it misbehaves, and what it was asked (`asked`: paths with queries, in order)."""

    address: str = ""
    page_size: int = 5000
    fault: Fault | None = None
    pause: float = 0  # seconds between the bytes of an answer that trickles in
    kpis: dict[str, Json] = field(default_factory=lambda: dict(KPIS))
    changed: dict[tuple[str, str, int], Json] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    times: list[float] = field(default_factory=list)

    def answer(self, target: str) -> Answer | None:
        """What is sent; None: the connection is cut in the middle of the answer."""
        self.asked.append(target)
        self.times.append(time.monotonic())
        right = self._right(target)
        return self.fault(target, self.asked.count(target), right) if self.fault else right

    def _right(self, target: str) -> Answer:
        url = urlsplit(target)
        query = {name: int(texts[0]) for name, texts in parse_qs(url.query).items()}
        parts = url.path.removeprefix("/v3/").split("/")
        if query.get("per_page", 0) > 5000 or any(part.count(",") >= 25 for part in parts):
            return _json({"detail": "too many"}, 422)
        records = self._records(parts)
        if records is None:
            return _json({"detail": "not found"}, 404)
        page, size = query.get("page", 1), min(query.get("per_page", 100), self.page_size)
        shown, rest = records[(page - 1) * size : page * size], records[page * size :]
        following = f"{self.address}{'/'.join(parts)}?per_page={size}&page={page + 1}" if rest else None
        return _json({"count": len(records), "next_url": following, "previous_url": None, "values": shown})

    def _records(self, parts: list[str]) -> list[Json] | None:
        match parts:
            case ["municipality"]:
                titled = [*((code, name, "L") for code, name in REGIONS.items()),
                          *((code, name, "K") for code, name in MUNICIPALITIES.items())]  # fmt: skip
                return [{"id": code, "title": name, "type": kind} for code, name, kind in titled]
            case ["municipality_groups"]:
                return GROUPS
            case ["kpi", ids]:
                return [self.kpis[one] for one in ids.split(",") if one in self.kpis]
            case ["data", "kpi", ids, "municipality", places, "year", years]:
                return list(self._data(ids.split(","), places.split(","), [int(year) for year in years.split(",")]))
        return None

    def _data(self, ids: list[str], places: list[str], years: list[int]) -> Iterator[Json]:
        known = {*MUNICIPALITIES, *REGIONS, *(one["id"] for one in GROUPS)}
        for one in (one for one in ids if one in self.kpis):
            for place in (place for place in places if place in known):
                for year in (year for year in years if year <= LAST_YEAR.get(one, 2025)):
                    yield self.changed.get((one, place, year)) or value(one, place, year, number_of(one, place, year))


def _json(document: Json, code: int = 200) -> Answer:
    return code, {"Content-Type": "application/json"}, json.dumps(document).encode()


@contextmanager
def serving(**given: Any) -> Iterator[Stub]:
    """A server for the length of the block."""
    stub = Stub(**given)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        wbufsize = -1  # an answer goes out in one piece

        def do_GET(self) -> None:
            answer = stub.answer(self.path)
            if answer is None:
                self.send_response(200)
                self.send_header("Content-Length", "1000")
                self.end_headers()
                self.wfile.write(b'{"count": 1, "values": [')
                self.close_connection = True
                return
            code, headers, body = answer
            self.send_response(code)
            for name, text in headers.items():
                self.send_header(name, text)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            for part in body if stub.pause else ():
                self.wfile.write(bytes([part]))
                self.wfile.flush()
                time.sleep(stub.pause)
            self.wfile.write(b"" if stub.pause else body)

        def log_message(self, format: str, *arguments: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    server.handle_error = lambda *_: None  # type: ignore[method-assign]  # whoever asked has let go
    stub.address = f"http://127.0.0.1:{server.server_port}/v3/"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield stub
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
