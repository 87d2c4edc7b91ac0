"""How a question is made, read from the engine's own parse of it: what it groups by, what it counts, what it reckons.

The same question is then put with more counts beside: how many rows and persons stand behind each row of the answer,
how many cases behind each mean or share, whether somebody of protected identity is among them, and which rows are sums
of others.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any

from pipeline.errors import WrongUse

Node = dict[str, Any]

# What a mean or a count is made of; others show the value of somebody (max) or of everybody (list).
_COUNTED_IF = frozenset({"count_if", "countif"})
_COUNTS = frozenset({"count_star", "count"}) | _COUNTED_IF
_OF_MANY = frozenset({"sum", "avg", "mean", "median", "quantile_cont"})
_FIGURES_TABLES = frozenset({"figures", "v_figures"})
_MOST_KEYS = 3
_ROWS, _PERSON, _PROTECTED = "count_star", "person_id", "is_protected"
_PLACES = ("query_location", "query_location_length", "alias")
_CURE = "Skydd finns för tabeller med antal, till exempel: select unit, count(*) from v_investigations group by unit"


class Role(Enum):
    """What a column of the answer is."""

    KEY = auto()  # what is grouped by
    LABEL = auto()  # the same in every row, or a sign of which rows are sums
    MEASURE = auto()  # counted or reckoned


@dataclass(frozen=True)
class Extra:
    """Which counts are asked for besides, in their order after the answer's own columns.

    `figures`: for each of them the place of the column that it is behind. The different persons follow, where persons
    can be told apart.
    """

    has_persons: bool
    has_protected: bool
    figures: tuple[int, ...]
    keys: int  # how many columns at the end tell whether a key is summed over; none without sums in the answer


class Shape:
    """A question that counts rows by categories. Raises WrongUse for any other, with what to do instead."""

    def __init__(self, parsed: str, is_aggregate: Callable[[str], bool]) -> None:
        self._tree: Node = json.loads(parsed)
        if self._tree["error"] or len(self._tree["statements"]) != 1:
            raise WrongUse(f"--protect: bara en SELECT kan skyddas. {_CURE}")
        self._select: Node = self._tree["statements"][0]["node"]
        self._is_aggregate = is_aggregate
        _demand_plain(self._select)
        self._items: list[Node] = self._select["select_list"]
        self._aggregates = [list(self._found(item)) for item in self._items]
        if not any(self._aggregates):
            raise WrongUse(f"--protect: svaret är en lista över rader, och den kan inte skyddas. {_CURE}")
        for item, found in zip(self._items, self._aggregates, strict=True):
            _demand_known(item, found)
        self.roles = tuple(map(self._role, self._items, self._aggregates))
        if self.roles.count(Role.KEY) > _MOST_KEYS:
            raise WrongUse(f"--protect: svaret delas upp på fler än {_MOST_KEYS} sätt. Ta bort någon av kolumnerna.")
        self._sets = self._select["group_sets"]
        self._grouped = [self._as_grouped(item) for item in self._keys()] if len(self._sets) > 1 else []

    def is_part(self, place: int) -> bool:
        """Whether a column counts some of the rows only."""
        return any(one["filter"] is not None or one["function_name"] != _ROWS for one in self._aggregates[place])

    def key_columns(self, place: int) -> Iterator[str]:
        """The names of the columns that a key is made of."""
        for node in _walk(self._items[place]):
            if node.get("class") == "COLUMN_REF":
                yield node["column_names"][-1].casefold()

    def is_bare(self, place: int) -> bool:
        """Whether a key is a column as it stands."""
        return self._items[place]["class"] == "COLUMN_REF"

    def widened(self, *, persons: bool, protected: bool) -> tuple[str, Extra]:
        """The parse of the question with more counts beside, as the engine reads it back; and which they are."""
        tree = deepcopy(self._tree)
        items = tree["statements"][0]["node"]["select_list"]
        behind = [(place, one) for place, found in enumerate(self._aggregates) for one in found]
        items.append(_function(_ROWS))
        if persons:
            items.append(_function("count", _column(_PERSON), distinct=True))
        if protected:
            items.append(_function("count_if", _column(_PROTECTED)))
        items += [_count_behind(one) for _, one in behind]
        if persons:
            items += [_persons_behind(one) for _, one in behind]
        items += [_grouping(one) for one in self._grouped]
        return json.dumps(tree), Extra(persons, protected, tuple(place for place, _ in behind), len(self._grouped))

    def _keys(self) -> list[Node]:
        return [item for item, role in zip(self._items, self.roles, strict=True) if role is Role.KEY]

    def _found(self, item: Node) -> Iterator[Node]:
        for node in _walk(item):
            if node.get("class") in ("WINDOW", "SUBQUERY"):
                raise WrongUse(
                    "--protect: frågan räknar vidare på svarets egna rader (OVER) eller har en SELECT bland kolumnerna."
                    " Skriv den utan det."
                )
            if node.get("class") == "FUNCTION" and self._is_aggregate(node["function_name"]):
                yield node

    def _role(self, item: Node, aggregates: Sequence[Node]) -> Role:
        if aggregates:
            return Role.MEASURE
        if item["class"] == "STAR":
            raise WrongUse("--protect: skriv vilka kolumner som ska visas i stället för *.")
        is_label = not any(node.get("class") == "COLUMN_REF" for node in _walk(item))
        return Role.LABEL if is_label or item["type"] == "GROUPING_FUNCTION" else Role.KEY

    def _as_grouped(self, item: Node) -> Node:
        """What a key is grouped by. Raises WrongUse when it is made of more than that."""
        columns = [_bare(node) for node in _walk(item) if node.get("class") == "COLUMN_REF"]
        for number, one in enumerate(self._select["group_expressions"]):
            if not any(number in each for each in self._sets):
                continue
            if one["class"] == "CONSTANT" and self._items[int(one["literal"]["text"]) - 1] is item:
                return item
            if _bare(one) == _bare(item) or columns == [_bare(one)]:
                return one
            if one["class"] == "COLUMN_REF" and item["alias"] and one["column_names"] == [item["alias"]]:
                return item
        raise WrongUse("--protect: med ROLLUP, CUBE eller GROUPING SETS måste kolumnerna stå likadant i GROUP BY.")


def _demand_plain(select: Node) -> None:
    if select["type"] != "SELECT_NODE":
        raise WrongUse(
            "--protect: svaret sätts samman av flera frågor (UNION eller liknande). Fråga en i taget; summor ges av"
            " GROUP BY ROLLUP (…)."
        )
    cut = [one["type"] for one in select["modifiers"] if one["type"] != "ORDER_MODIFIER"]
    if cut or any(select.get(part) for part in ("having", "qualify", "sample")):
        raise WrongUse(
            "--protect: frågan tar bort rader ur svaret (HAVING, LIMIT, QUALIFY, SAMPLE eller DISTINCT), och av det som"
            " är kvar kan de räknas fram. Skriv den utan det; villkor på raderna skrivs i WHERE."
        )
    if any(node.get("table_name", "") in _FIGURES_TABLES for node in _walk(select)):
        raise WrongUse(
            "--protect: rapportens siffror hänger ihop på sätt som inte syns i en fråga. De skyddade finns i"
            " committee/resultat.csv."
        )


def _demand_known(item: Node, aggregates: Sequence[Node]) -> None:
    for one in aggregates:
        if one["function_name"] not in _COUNTS | _OF_MANY:
            raise WrongUse(
                f"--protect: {one['function_name']} i kolumnen {item['alias'] or one['function_name']} kan visa en"
                " enskilds uppgift. Räkna med count, sum, avg, median eller quantile_cont."
            )


def _walk(node: Any) -> Iterator[Node]:
    if isinstance(node, dict):
        yield node
        for one in node.values():
            yield from _walk(one)
    elif isinstance(node, list):
        for one in node:
            yield from _walk(one)


def _bare(node: Any) -> Any:
    """A part of a question without its name and where it stood."""
    if isinstance(node, dict):
        return {name: _bare(one) for name, one in node.items() if name not in _PLACES}
    return [_bare(one) for one in node] if isinstance(node, list) else node


def _count_behind(aggregate: Node) -> Node:
    """How many rows an aggregate is made of: those that it counts, or those with a value that it reckons with."""
    made = deepcopy(aggregate) | {"alias": ""}
    if aggregate["function_name"] not in _COUNTS:
        made |= {"function_name": "count", "qualified_name": {"path": ["count"]}, "distinct": False}
        orders = made["order_bys"]["orders"]  # of percentile_cont(…) within group (order by …)
        counted = {"name": "", "expression": orders[0]["expression"]} if orders else made["arguments"][0]
        made["arguments"] = [counted]
        made["order_bys"] = {"type": "ORDER_MODIFIER", "orders": []}
    return made


def _persons_behind(aggregate: Node) -> Node:
    """How many different persons those rows are about."""
    conditions = [aggregate["filter"]] if aggregate["filter"] else []
    counted = [one["expression"] for one in _count_behind(aggregate)["arguments"]]
    if aggregate["function_name"] in _COUNTED_IF:
        conditions += counted
    else:
        conditions += [_operator("OPERATOR_IS_NOT_NULL", one) for one in counted]
    met: Node | None = conditions[0] if len(conditions) == 1 else None
    if len(conditions) > 1:
        met = {"class": "CONJUNCTION", "type": "CONJUNCTION_AND", "alias": "", "children": conditions}
    return _function("count", _column(_PERSON), distinct=True) | {"filter": deepcopy(met)}


def _function(name: str, *arguments: Node, distinct: bool = False) -> Node:
    return {
        "class": "FUNCTION", "type": "FUNCTION", "alias": "", "function_name": name, "distinct": distinct,
        "is_operator": False, "export_state": False, "filter": None, "qualified_name": {"path": [name]},
        "order_bys": {"type": "ORDER_MODIFIER", "orders": []},
        "arguments": [{"name": "", "expression": one} for one in arguments],
    }  # fmt: skip


def _column(name: str) -> Node:
    return {"class": "COLUMN_REF", "type": "COLUMN_REF", "alias": "", "column_names": [name]}


def _grouping(key: Node) -> Node:
    return _operator("GROUPING_FUNCTION", deepcopy(key) | {"alias": ""})


def _operator(name: str, child: Node) -> Node:
    return {"class": "OPERATOR", "type": name, "alias": "", "children": [child]}
