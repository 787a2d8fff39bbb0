"""Checks for bookshelf: files, printing, lists in place, a class and its exceptions."""

from __future__ import annotations

from typing import Any

import numpy as np

from autograder.authoring import Solution, changed_in_place, check, printed, raises

TITLES = ("Emma", "Kim", "Dracula", "Beloved", "Ulysses", "Persuasion", "Carmilla", "Nana")


def some_books(rng: np.random.Generator) -> list[dict[str, Any]]:
    """Draw 4 to 6 books with years that differ, in no order, each with 2 to 5 copies."""
    count = int(rng.integers(4, 7))
    years = rng.choice(np.arange(1800, 2000), count, replace=False)
    titles = rng.choice(TITLES, count, replace=False)
    copies = rng.integers(2, 6, count)
    return [
        {"title": str(title), "year": int(year), "copies": int(number)}
        for title, year, number in zip(titles, years, copies, strict=True)
    ]


@check(points=25, hint="Print what `line.split(',')` gives for one line of the file.")
def read_books(solution: Solution, given: Solution, rng: np.random.Generator) -> Any:
    """The books since a year are read from the file"""
    since = int(rng.choice([1815, 1871, 1897, 1901, 1922]))
    return solution.read_books("books.csv", since)


@check(points=20, hint="Call it with two books, and compare it with the example above it.")
def print_shelf(solution: Solution, given: Solution, rng: np.random.Generator) -> Any:
    """The shelf is printed, numbered from 1"""
    return printed(solution.print_shelf, some_books(rng))


@check(points=15, hint="Look at the list after the call: has it changed?")
def sort_by_year(solution: Solution, given: Solution, rng: np.random.Generator) -> Any:
    """The list itself is sorted by the year"""
    return changed_in_place(solution.sort_by_year, some_books(rng))


@check(points=25, of="Shelf", weights={
    "the length of the shelf": 1,
    "the copies left": 1,
    "the length after that": 1,
    "the titles that are there": 2,
})  # fmt: skip
def lending(solution: Solution, given: Solution, rng: np.random.Generator) -> Any:
    """A copy that is lent is gone"""
    books = some_books(rng)
    title, others = books[0]["title"], [book["title"] for book in books[1:]]
    shelf = solution.Shelf(books)
    length = len(shelf)
    left = [shelf.lend(title) for _ in range(books[0]["copies"])]
    left.append(shelf.lend(others[0]))
    return {
        "the length of the shelf": length,
        "the copies left": left,
        "the length after that": len(shelf),
        "the titles that are there": shelf.available(),
    }


@check(points=15, of="Shelf", hint="Raise the exception in `lend`, before anything is changed.")
def refusing(solution: Solution, given: Solution, rng: np.random.Generator) -> Any:
    """What cannot be lent is refused with an exception"""
    books = some_books(rng)
    shelf = solution.Shelf(books)
    for _ in range(books[0]["copies"]):
        shelf.lend(books[0]["title"])
    return {
        "a title that is out": raises(ValueError("no copy"), shelf.lend, books[0]["title"]),
        "an unknown title": raises(KeyError, shelf.lend, f"Volume {int(rng.integers(99))}"),
    }
