"""Where a kilogram went: tracing through well-mixed holders."""

from harmonia.science.matter.books import Books, BooksError, Movement, books
from harmonia.science.matter.paths import Path, path
from harmonia.science.matter.tracing import Tracing, trace, where_did_it_go, who_fed

__all__ = [
    "Books",
    "BooksError",
    "Movement",
    "Path",
    "Tracing",
    "books",
    "path",
    "trace",
    "where_did_it_go",
    "who_fed",
]
