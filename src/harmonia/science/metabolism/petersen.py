"""The Petersen matrix: which process makes and takes what, read from a table people can read."""

import ast
import csv
import operator
from collections.abc import Callable, Mapping
from functools import cache
from importlib import resources

import numpy as np
from numpy.typing import NDArray

from harmonia.science.metabolism.nomenclature import LIQUID

Floats = NDArray[np.float64]

_OPERATORS: dict[type[ast.operator], Callable[[float, float], float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
}
_CARBON = {
    "S_su": "C_su", "S_aa": "C_aa", "S_fa": "C_fa", "S_va": "C_va", "S_bu": "C_bu", "S_pro": "C_pro",
    "S_ac": "C_ac", "S_ch4": "C_ch4", "S_I": "C_sI", "X_xc": "C_xc", "X_ch": "C_ch", "X_pr": "C_pr",
    "X_li": "C_li", "X_I": "C_xI",
}  # fmt: skip
_NITROGEN = {"S_aa": "N_aa", "X_pr": "N_aa", "S_I": "N_I", "X_I": "N_I", "X_xc": "N_xc"}
_BIOMASS = ("X_su", "X_aa", "X_fa", "X_c4", "X_pro", "X_ac", "X_h2", "X_sao")


@cache
def petersen_rows() -> tuple[dict[str, str], ...]:
    """Return the table as written: one mapping of column -> expression a process."""
    text = (resources.files(__package__) / "petersen.csv").read_text(encoding="utf-8")
    return tuple(csv.DictReader(text.splitlines()))


@cache
def processes() -> tuple[str, ...]:
    """Return the names of the biochemical processes, in the table's order."""
    return tuple(row["process"] for row in petersen_rows())


@cache
def symbols() -> tuple[str, ...]:
    """Return the names of the parameters that the table's cells hold, sorted."""
    cells = [cell for row in petersen_rows() for name, cell in row.items() if name != "process" and cell]
    nodes = [node for cell in cells for node in ast.walk(ast.parse(cell.strip(), mode="eval"))]
    return tuple(sorted({node.id for node in nodes if isinstance(node, ast.Name)}))


def evaluate(expression: str, values: Mapping[str, float]) -> float:
    """Return the number of a cell such as `(1-Y_su)*f_ac_su`; an empty cell is 0.

    Raises:
        ValueError: the cell holds anything but names, numbers, + - * and brackets.
    """
    return _value(ast.parse(expression.strip(), mode="eval").body, values) if expression.strip() else 0.0


def _value(node: ast.expr, values: Mapping[str, float]) -> float:
    if isinstance(node, ast.Constant) and isinstance(node.value, int | float):
        return float(node.value)
    if isinstance(node, ast.Name):
        return values[node.id]
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        return -_value(node.operand, values)
    if isinstance(node, ast.BinOp) and type(node.op) in _OPERATORS:
        return _OPERATORS[type(node.op)](_value(node.left, values), _value(node.right, values))
    raise ValueError(f"a cell of the Petersen matrix may not hold {ast.dump(node)}")


def stoichiometry(values: Mapping[str, float]) -> Floats:
    """Return the stoichiometric matrix, shape (21 processes, 27 states) [kg COD, kmol per kg COD]."""
    matrix = np.zeros((len(processes()), len(LIQUID)))
    for line, row in enumerate(petersen_rows()):
        for column, name in enumerate(LIQUID):
            matrix[line, column] = evaluate(row.get(name, ""), values)
    return matrix


def content(element: str, values: Mapping[str, float]) -> Floats:
    """Return how much COD [kg/kg], C or N [kmol/kg COD, kmol/kmol] each liquid state holds, shape (27,).

    Raises:
        KeyError: `element` is not "COD", "C" or "N".
    """
    return {"COD": _cod_content, "C": _carbon_content, "N": _nitrogen_content}[element](values)


def _cod_content(_values: Mapping[str, float]) -> Floats:
    molar = {"S_IC", "S_IN", "S_cat", "S_an"}
    return np.array([0.0 if name in molar else 1.0 for name in LIQUID])


def _carbon_content(values: Mapping[str, float]) -> Floats:
    known = {name: values[symbol] for name, symbol in _CARBON.items()} | {"S_IC": 1.0}
    return np.array([values["C_bac"] if name in _BIOMASS else known.get(name, 0.0) for name in LIQUID])


def _nitrogen_content(values: Mapping[str, float]) -> Floats:
    known = {name: values[symbol] for name, symbol in _NITROGEN.items()} | {"S_IN": 1.0}
    return np.array([values["N_bac"] if name in _BIOMASS else known.get(name, 0.0) for name in LIQUID])
