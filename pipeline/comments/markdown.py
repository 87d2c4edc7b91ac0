"""Markdown → headings, each with paragraphs and lists of plain text: markdown-it's only home.

Nothing of the source is let through as markup: links and pictures become their text, HTML is text, and what would not
be shown as written (tables, quotations, blocks of code) is a fault.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.model.comments import LINE_BREAK, Block, Listing, Paragraph, Span

if TYPE_CHECKING:
    from markdown_it.token import Token

_HEADINGS = ("h1", "h2", "h3")
_WEIGHTS = {"em_open": "em", "strong_open": "strong"}
_LISTS = ("bullet_list_open", "ordered_list_open")
_BREAKS = ("softbreak", "hardbreak")
_REFUSED = {
    "blockquote_open": "citat",
    "table_open": "tabeller",
    "fence": "kodblock",
}


@dataclass(frozen=True, order=True)
class Fault:
    """What is wrong on a line, in Swedish, without the final full stop."""

    line: int
    text: str


@dataclass(frozen=True)
class Section:
    """A heading, its line, and what stands under it."""

    heading: str
    line: int
    blocks: tuple[Block, ...]


def sections(text: str) -> tuple[list[Section], list[Fault]]:
    """The document's sections in order, and what in it cannot be shown."""
    reader = _Reader(_parsed(text))
    return reader.read(), reader.faults


def texts(text: str) -> Iterator[tuple[int, str]]:
    """Everything that would be printed, block by block: its first line, and its text with the source's line breaks."""
    for token in _parsed(text):
        if token.type == "inline":
            yield _line(token), "".join("\n" if one.type in _BREAKS else one.content for one in token.children or ())


def _parsed(text: str) -> Sequence[Token]:
    from markdown_it import MarkdownIt

    rules = MarkdownIt("commonmark", {"html": False}).enable("table")
    # Indented lines and underlined ones are ordinary text to who has not learnt Markdown.
    return rules.disable(["code", "lheading"]).parse(text)


class _Reader:
    """Walks the parser's flat list of tokens once."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self.faults: list[Fault] = []
        self._tokens = tokens
        self._at = 0

    def read(self) -> list[Section]:
        found: list[Section] = []
        before = self._blocks()
        if before:
            cure = "Sätt en rubrik före den, till exempel ## Sammanfattning"
            self.faults.append(Fault(_line(self._tokens[0]), f"texten står före den första rubriken. {cure}"))
        while self._at < len(self._tokens):
            line, heading = _line(self._tokens[self._at]), _plain(self._tokens[self._at + 1])
            self._at += 3
            found.append(Section(heading, line, self._blocks()))
        return found

    def _blocks(self, until: str = "") -> tuple[Block, ...]:
        """The blocks up to the next heading, or to the token that closes an item."""
        blocks: list[Block] = []
        while self._at < len(self._tokens):
            token = self._tokens[self._at]
            if token.type == until or (token.type == "heading_open" and token.tag in _HEADINGS and not until):
                break
            self._at += 1
            if token.type == "paragraph_open":
                blocks.append(Paragraph(_spans(self._tokens[self._at].children or ())))
                self._at += 2
            elif token.type in _LISTS:
                blocks.append(self._list(token))
            elif token.type != "hr":
                self._refuse(token)
        return tuple(block for block in blocks if isinstance(block, Listing) or block.spans)

    def _list(self, opening: Token) -> Listing:
        closing = opening.type.replace("open", "close")
        items = []
        while self._tokens[self._at].type != closing:
            self._at += 1
            items.append(self._blocks("list_item_close"))
            self._at += 1
        self._at += 1
        start = int(opening.attrs.get("start", 1)) if opening.type == "ordered_list_open" else None
        return Listing(tuple(items), start)

    def _refuse(self, token: Token) -> None:
        what = _REFUSED.get(token.type)
        if token.type == "heading_open":
            text = "underrubriker visas inte. Skriv rubriken som ett stycke, med ** omkring"
            if token.level:
                text = "rubriken står i en lista. Låt den börja raden"
        else:
            text = f"{what} visas inte i rapporten. Skriv texten som stycken eller listor"
        self.faults.append(Fault(_line(token), text))
        closing = token.type.replace("open", "close")
        while token.nesting == 1 and not (
            self._tokens[self._at].type == closing and self._tokens[self._at].level == token.level
        ):
            self._at += 1
        self._at += token.nesting == 1


def _line(token: Token) -> int:
    return token.map[0] + 1 if token.map else 1


def _plain(inline: Token) -> str:
    return " ".join("".join(span.text for span in _spans(inline.children or ())).split())


def _spans(tokens: Sequence[Token]) -> tuple[Span, ...]:
    spans: list[Span] = []
    weights: list[str] = []
    for token in tokens:
        if token.type in _WEIGHTS:
            weights.append(_WEIGHTS[token.type])
        elif token.type.endswith("_close") and token.type.replace("close", "open") in _WEIGHTS:
            weights.pop()
        elif token.type == "hardbreak":
            spans.append(LINE_BREAK)
        elif token.type == "softbreak":
            spans.append(Span(" "))
        elif token.content:
            weight = "strong" if "strong" in weights else weights[-1] if weights else ""
            spans.append(Span(token.content, weight))
    return tuple(spans)
