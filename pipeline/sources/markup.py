"""XML in pieces, so that a part of any size is read in little memory, and without its tricks."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Protocol
from xml.parsers import expat

from pipeline.sources.faults import Unreadable

Attributes = dict[str, str]


class Readable(Protocol):
    """What bytes can be read from."""

    def read(self, size: int, /) -> bytes:
        """At most so many of the next bytes; nothing at the end."""


_CHUNK = 1 << 18
# What may stand between two marks without any that is complete: longer is an attack on the parser's memory.
_LONGEST_TOKEN = 4 << 20
_MOST_NAMES = 1_000
_DEEPEST = 200


class Damaged(Exception):
    """The XML is not well-formed, or not as its kind of file must be."""


class _Calls(dict[str, Callable[..., None]]):
    """Name with namespace → what to call for it, found by the local name and then remembered."""

    def __init__(self, by_local: Mapping[str, Callable[..., None]], other: Callable[..., None]) -> None:
        super().__init__()
        self._by_local = by_local
        self._other = other

    def __missing__(self, name: str) -> Callable[..., None]:
        call = self._by_local.get(local(name), self._other)
        if len(self) < _MOST_NAMES:
            self[name] = call
        return call


def local(name: str) -> str:
    """A name without its namespace."""
    return name.rpartition(" ")[2]


def feed(
    content: Readable,
    starts: Mapping[str, Callable[[Attributes], None]],
    ends: Mapping[str, Callable[[], None]] | None = None,
    text: Callable[[str], None] | None = None,
    *,
    other_start: Callable[[Attributes], None] = lambda _: None,
    other_end: Callable[[], None] = lambda: None,
) -> Iterator[None]:
    """Call back for the elements of a part by their local names. Pauses after each piece of it.

    Attributes come by their names as `namespace local`, which is the local name alone where they have no prefix.
    Raises Unreadable for a document type (the door to entities, which no workbook has), Damaged for what is no XML or
    is nested deeper than any real file.
    """
    started, ended, depth = _Calls(starts, other_start), _Calls(ends or {}, other_end), 0

    def start(name: str, given: Attributes) -> None:
        nonlocal depth
        depth += 1
        if depth > _DEEPEST:
            raise Damaged
        started[name](given)

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        ended[name]()

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _no_document_type
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    if text:
        parser.CharacterDataHandler = text
    yield from _parsed(parser, content)


def _parsed(parser: Any, content: Readable) -> Iterator[None]:
    fed = 0
    while chunk := content.read(_CHUNK):
        _parse(parser, chunk)
        fed += len(chunk)
        if fed - parser.CurrentByteIndex > _LONGEST_TOKEN:
            raise Damaged
        yield
    _parse(parser, b"", is_last=True)
    yield


def _parse(parser: Any, chunk: bytes, *, is_last: bool = False) -> None:
    try:
        parser.Parse(chunk, is_last)
    except expat.ExpatError:
        raise Damaged from None


def elements(content: Readable, *names: str) -> Iterator[tuple[str, Attributes]]:
    """The elements of some local names, each with its attributes by local name; for small parts."""
    met: list[tuple[str, Attributes]] = []

    def noting(name: str) -> Callable[[Attributes], None]:
        return lambda given: met.append((name, {local(key): value for key, value in given.items()}))

    for _ in feed(content, {name: noting(name) for name in names}):
        yield from met
        met.clear()


def _no_document_type(*_: object) -> None:
    raise Unreadable(
        "innehåller en dokumenttypsdeklaration (DOCTYPE), som inte hör hemma i en arbetsbok och kan vara skadlig; hämta"
        " utdraget på nytt eller spara om filen i Excel"
    )
