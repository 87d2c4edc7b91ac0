"""How a question is made, read from the engine's own parse of it: what it groups by, what it counts, what it reckons.

The same question is then put with more counts beside: how many rows and persons stand behind each row of the answer,
how many cases behind each mean or share, whether somebody of protected identity is among them, and which rows are sums
of others.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum, auto
from typing import Any

from pipeline.errors import WrongUse

Node = dict[str, Any]
Path = tuple[str, ...]  # a column, with what it is of where that is said

# What a mean or a count is made of; others show the value of somebody (max) or of everybody (list).
_COUNTED_IF = frozenset({"count_if", "countif"})
_COUNTS = frozenset({"count_star", "count"}) | _COUNTED_IF
_SUM, _MEANS, _QUANTILE = "sum", frozenset({"avg", "mean"}), "quantile_cont"
_OF_MANY = frozenset({_SUM, "median", _QUANTILE}) | _MEANS
# Farther out a quantile is the value of a single case.
_INNER = (Decimal("0.1"), Decimal("0.9"))
# What puts rows in order or counts them; others carry one row's value to the rest.
_HARMLESS_OVER = frozenset({"row_number", "rank", "dense_rank", "count", "count_star", "lag", "lead"})
# They read whatever table or question a text says.
_READS_TEXT = frozenset({"query", "query_table"})
_FIGURES_TABLES = frozenset({"figures", "v_figures"})
_MOST_KEYS = 3
_ROWS = "count_star"
_CHOOSES = frozenset({"if", "ifelse"})  # a CASE by another name
_PLACES = ("query_location", "query_location_length", "alias")
_CURE = "Skydd finns för tabeller med antal, till exempel: select unit, count(*) from v_investigations group by unit"


class Role(Enum):
    """What a column of the answer is."""

    KEY = auto()  # what is grouped by
    LABEL = auto()  # the same in every row, or a sign of which rows are sums
    MEASURE = auto()  # counted or reckoned


@dataclass(frozen=True)
class Extra:
    """Which counts are asked for besides, in their order after the answer's own columns and the number of rows.

    `persons`: in how many ways persons are counted, `protected`: those of protected identity. `figures`: for each of
    them the place of the column that it is behind; those of `leaving` leave a group out that can be reckoned. The
    different persons of every figure follow, each in so many ways.
    """

    persons: int
    protected: int
    figures: tuple[int, ...]
    leaving: tuple[int, ...]
    keys: int  # how many columns at the end tell whether a key is summed over; none without sums in the answer

    @property
    def width(self) -> int:
        """How many columns that is."""
        return 1 + self.persons + self.protected + len(self.figures) * (1 + self.persons) + self.keys


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
        _demand_harmless_over(self._select)
        _demand_columns(self._select)
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

    def name(self, place: int) -> str:
        """What a column is called, or how it is made where that is all there is."""
        item = self._items[place]
        return item["alias"] or (item.get("column_names") or [item.get("function_name") or f"nr {place + 1}"])[-1]

    def demand_inner(self, parameters: Mapping[str, Any]) -> None:
        """Raises WrongUse for a quantile that is, or may be, the value of a single case."""
        for one in (each for found in self._aggregates for each in found):
            if one["function_name"] == _QUANTILE:
                fraction = one["arguments"][0 if one["order_bys"]["orders"] else 1]["expression"]
                if not _is_inner(fraction, parameters):
                    raise WrongUse(
                        "--protect: quantile_cont visar en enskilds uppgift längst ut. Skriv ett tal mellan 0.1 och"
                        " 0.9."
                    )

    def relations(self) -> Iterator[str]:
        """What each table, view or inner SELECT that is read is called in the question."""
        return _names(self._select["from_table"])

    def tables(self) -> set[str]:
        """Every table and view that rows are taken from, also by way of an inner SELECT."""
        return {
            node["table_name"].casefold()
            for part in ("from_table", "cte_map")
            for node in _walk(self._select[part], into_conditions=False)
            if node.get("type") == "BASE_TABLE"
        }

    def all_of(self, relation: str) -> str:
        """The parse of a question for all columns of one of the relations."""
        tree = deepcopy(self._tree)
        tree["statements"][0]["node"] |= {
            "select_list": [{"class": "STAR", "type": "STAR", "alias": "", "relation_name": relation}],
            "where_clause": None, "group_expressions": [], "group_sets": [], "modifiers": [],
            "aggregate_handling": "STANDARD_HANDLING",
        }  # fmt: skip
        return json.dumps(tree)

    def widened(self, persons: Sequence[Path], protected: Sequence[Path]) -> tuple[str, Extra]:
        """The parse of the question with more counts beside, as the engine reads it back; and which they are."""
        tree = deepcopy(self._tree)
        items = tree["statements"][0]["node"]["select_list"]
        behind = [
            (place, one)
            for place, found in enumerate(self._aggregates)
            for of in found
            for one in (*_behind(of), *(_left_out(of) if self._are_subtracted else ()))
        ]
        items.append(_function(_ROWS))
        items += [_function("count", _column(*one), distinct=True) for one in persons]
        items += [_function("count_if", _column(*one)) for one in protected]
        items += [one for _, one in behind]
        items += [_persons_behind(one, person) for person in persons for _, one in behind]
        items += [_grouping(one) for one in self._grouped]
        leaving = [number for number, (_, one) in enumerate(behind) if len(behind) > 1 and _leaves_a_group(one)]
        figures = tuple(place for place, _ in behind)
        return json.dumps(tree), Extra(len(persons), len(protected), figures, tuple(leaving), len(self._grouped))

    @property
    def _are_subtracted(self) -> bool:
        """Whether there are several sums or means, so that one may be of all but a few of the cases of another."""
        names = [one["function_name"] for found in self._aggregates for one in found]
        return sum(name == _SUM or name in _MEANS for name in names) > 1

    def _keys(self) -> list[Node]:
        return [item for item, role in zip(self._items, self.roles, strict=True) if role is Role.KEY]

    def _found(self, item: Node) -> Iterator[Node]:
        for node in _walk(item):
            if node.get("class") in ("WINDOW", "SUBQUERY"):
                raise WrongUse(
                    "--protect: frågan räknar vidare på svarets egna rader (OVER) eller har en SELECT bland kolumnerna."
                    " Skriv den utan det."
                )
            if node.get("class") == "STAR" and node.get("columns"):
                raise WrongUse("--protect: skriv vilka kolumner som ska visas i stället för COLUMNS.")
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
    if any(node.get("function_name") in _READS_TEXT for node in _walk(select)):
        raise WrongUse("--protect: skriv tabellens eller vyns namn efter FROM i stället för query och query_table.")
    if any(node.get("table_name", "").casefold() in _FIGURES_TABLES for node in _walk(select)):
        raise WrongUse(
            "--protect: rapportens siffror hänger ihop på sätt som inte syns i en fråga. De skyddade finns i"
            " committee/resultat.csv."
        )


def _demand_columns(select: Node) -> None:
    """A table's own name stands for whole rows, whatever is then made of them."""
    read = [node for node in _walk(select) if node.get("type") in ("BASE_TABLE", "SUBQUERY") and "class" not in node]
    called = {one[what].casefold() for one in read for what in ("alias", "table_name") if one.get(what)}
    for node in _walk(select):
        if node.get("class") == "COLUMN_REF" and len(node["column_names"]) == 1:
            (name,) = node["column_names"]
            if name.casefold() in called:
                raise WrongUse(
                    f"--protect: {name} är ett namn på hela rader, med id. Skriv vilka kolumner som ska användas; heter"
                    " en kolumn så, ge tabellen ett annat namn."
                )


def _demand_harmless_over(select: Node) -> None:
    if any(node.get("class") == "WINDOW" and node["function_name"] not in _HARMLESS_OVER for node in _walk(select)):
        raise WrongUse(
            "--protect: en inre SELECT bär en enskilds uppgift till andra rader (OVER). Räkna med row_number, rank,"
            " count, lag eller lead, eller skriv den utan OVER."
        )


def _demand_known(item: Node, aggregates: Sequence[Node]) -> None:
    for one in aggregates:
        if one["function_name"] not in _COUNTS | _OF_MANY:
            raise WrongUse(
                f"--protect: {one['function_name']} i kolumnen {item['alias'] or one['function_name']} kan visa en"
                " enskilds uppgift. Räkna med count, sum, avg, median eller quantile_cont."
            )


def _is_inner(fraction: Node, parameters: Mapping[str, Any]) -> bool:
    """Only a number that stands there, or is bound, is known before the question is put."""
    given = parameters.get(fraction["identifier"]) if fraction["class"] == "PARAMETER" else None
    told = fraction["literal"]["text"] if fraction["class"] == "CONSTANT" else str(given)
    try:
        return _INNER[0] <= Decimal(told) <= _INNER[1]
    except ArithmeticError:
        return False


def _names(read: Node) -> Iterator[str]:
    for side in ("left", "right"):
        if side in read:
            yield from _names(read[side])
    if read["type"] == "SUBQUERY":
        yield read["alias"] or "unnamed_subquery"
    elif read["type"] == "BASE_TABLE":
        yield read["alias"] or read["table_name"]


def _walk(node: Any, *, into_conditions: bool = True) -> Iterator[Node]:
    """Every part of a question; a SELECT among conditions only where that is wanted."""
    if isinstance(node, dict):
        if not into_conditions and node.get("class") == "SUBQUERY":
            return
        yield node
    for one in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from _walk(one, into_conditions=into_conditions)


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


def _behind(aggregate: Node) -> Iterator[Node]:
    """How many rows an aggregate is made of, and how many of them add anything to it.

    Nobody is told by a nought, nor by a mean's one; so what is left may be few, however many rows there are.
    """
    counted = _count_behind(aggregate)
    yield counted
    (argument, *_) = aggregate["arguments"] or [{}]
    name = aggregate["function_name"]
    if name == _SUM or (name in _MEANS and not _is_as_read(argument["expression"])):
        idle = ("0",) if name == _SUM else ("0", "1")
        made = _as_number(deepcopy(argument["expression"]))
        for number in idle:
            made = _function("nullif", made, _integer(number))
        yield counted | {"arguments": [{"name": "", "expression": made}]}


def _left_out(aggregate: Node) -> Iterator[Node]:
    """How many rows a sum or mean leaves out by a condition: those that a wider one beside it is of."""
    if aggregate["function_name"] != _SUM and aggregate["function_name"] not in _MEANS:
        return
    if aggregate["filter"] is not None:
        yield _count_behind(aggregate) | {"filter": _not_so(aggregate["filter"])}
    argument = aggregate["arguments"][0]["expression"]
    if any(node.get("class") == "CASE" or node.get("function_name") in _CHOOSES for node in _walk(argument)):
        nothing = _operator("OPERATOR_IS_NULL", _function("nullif", _as_number(deepcopy(argument)), _integer("0")))
        yield _function(_ROWS) | {"filter": nothing}


def _is_as_read(node: Node) -> bool:
    """Whether it is a column as it stands, at most written as a number: nothing that chooses some of the rows."""
    while node["class"] == "CAST":
        node = node["child"]
    return bool(node["class"] == "COLUMN_REF")


def _leaves_a_group(counted: Node) -> bool:
    """Whether it counts those of a category, named by a text: then the others are a group too."""
    return not counted["distinct"] and any(node.get("kind") == "STRING" for node in _walk(counted))


def _persons_behind(counted: Node, person: Path) -> Node:
    """How many different persons the rows are about that a count counts."""
    conditions = [counted["filter"]] if counted["filter"] else []
    arguments = [one["expression"] for one in counted["arguments"]]
    if counted["function_name"] in _COUNTED_IF:
        conditions += arguments
    else:
        conditions += [_operator("OPERATOR_IS_NOT_NULL", one) for one in arguments if one["class"] != "STAR"]
    met: Node | None = conditions[0] if len(conditions) == 1 else None
    if len(conditions) > 1:
        met = {"class": "CONJUNCTION", "type": "CONJUNCTION_AND", "alias": "", "children": conditions}
    return _function("count", _column(*person), distinct=True) | {"filter": deepcopy(met)}


def _function(name: str, *arguments: Node, distinct: bool = False) -> Node:
    return {
        "class": "FUNCTION", "type": "FUNCTION", "alias": "", "function_name": name, "distinct": distinct,
        "is_operator": False, "export_state": False, "filter": None, "qualified_name": {"path": [name]},
        "order_bys": {"type": "ORDER_MODIFIER", "orders": []},
        "arguments": [{"name": "", "expression": one} for one in arguments],
    }  # fmt: skip


def _column(*path: str) -> Node:
    return {"class": "COLUMN_REF", "type": "COLUMN_REF", "alias": "", "column_names": list(path)}


def _not_so(condition: Node) -> Node:
    true = {"class": "CONSTANT", "type": "VALUE_CONSTANT", "alias": "", "literal": {"kind": "BOOLEAN", "text": "true"}}
    return {
        "class": "COMPARISON", "type": "COMPARE_DISTINCT_FROM", "alias": "", "left": deepcopy(condition), "right": true,
    }  # fmt: skip


def _integer(text: str) -> Node:
    return {"class": "CONSTANT", "type": "VALUE_CONSTANT", "alias": "", "literal": {"kind": "INTEGER", "text": text}}


def _as_number(child: Node) -> Node:
    kind = {"class": "TYPE", "type": "TYPE", "alias": "", "type_name": "double", "qualified_name": {"path": ["double"]}}
    return {
        "class": "CAST", "type": "OPERATOR_CAST", "alias": "", "child": child, "try_cast": True, "type_expr": kind,
    }  # fmt: skip


def _grouping(key: Node) -> Node:
    return _operator("GROUPING_FUNCTION", deepcopy(key) | {"alias": ""})


def _operator(name: str, child: Node) -> Node:
    return {"class": "OPERATOR", "type": name, "alias": "", "children": [child]}
