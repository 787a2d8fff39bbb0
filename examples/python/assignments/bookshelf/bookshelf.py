"""A bookshelf.

Write your code where it says "Your code here", in place of the line below it.
Check as often as you like, also while some functions are still missing:

    grade check bookshelf
"""

# %% [markdown]
# # A bookshelf
#
# A library keeps its books in a file, prints its shelf, sorts it, and lends books to readers.
# You write the functions and the class that do so. On the way you read a file, print in a
# given form, change a list in place, write a class, and raise exceptions.
#
# A book is a dictionary with three keys: `title` (a text), `year` and `copies` (both `int`).

# %% [markdown]
# ## 1. Read the books
#
# The file `books.csv` lies beside this one. Its first line names the columns, and each line
# after it is one book:
#
#     title,year,copies
#     Emma,1815,2
#     Frankenstein,1818,1
#
# A line that you read ends in a newline, and what you split is text: `"1815"` is not `1815`.
#
# *Example.* `read_books("books.csv", 1945)` gives two books. The first of them is
# `{"title": "Animal Farm", "year": 1945, "copies": 5}`.

# %%
def read_books(path: str, since: int) -> list[dict[str, str | int]]:
    """Return the books in a file that are from the year `since` or later, in the file's order.

    path    the name of the file; the first line names the columns.
    since   the first year that counts.
    """
    # Your code here
    raise NotImplementedError("Write read_books")


# %% [markdown]
# ## 2. Print the shelf
#
# Whoever stands in front of the shelf wants to see it. Print a line for each book, counted from
# 1, and a last line that says how many there are. For two books it looks like this:
#
#     1. Emma (1815)
#     2. Moby Dick (1851)
#     2 books
#
# Print it, and return nothing: what is returned is for the program, what is printed for people.

# %%
def print_shelf(books: list[dict[str, str | int]]) -> None:
    """Print a numbered line for each book, and a last line with how many there are.

    Hint: `enumerate(books, 1)` counts from 1.
    """
    # Your code here
    raise NotImplementedError("Write print_shelf")


# %% [markdown]
# ## 3. Sort the shelf
#
# `sorted(books)` makes a new list. `books.sort()` changes the list that is there, and everybody
# who holds it sees the new order. That is called *in place*. Both take a `key`: a function that
# gives for each book what it is sorted by.

# %%
def sort_by_year(books: list[dict[str, str | int]]) -> None:
    """Sort the list itself, so that the oldest book comes first. Return nothing."""
    # Your code here
    raise NotImplementedError("Write sort_by_year")


# %% [markdown]
# ## 4. Lend books
#
# A `Shelf` knows how many copies of each title are there. Who asks for a title that the library
# does not have gets a `KeyError`. Who asks for one of which all copies are out gets a
# `ValueError` whose text says `no copy left`. An exception is better than `None` here: nobody
# can overlook it.
#
# *Example.* A shelf with two copies of Emma and one of Kim has the length 3. After
# `lend("Kim")` its length is 2, and `available()` is `{"Emma"}`.

# %%
class Shelf:
    """The copies of each title that a library has."""

    def __init__(self, books: list[dict[str, str | int]]) -> None:
        """Take the titles and the copies of a list of books."""
        # Your code here
        raise NotImplementedError("Write Shelf.__init__")

    def __len__(self) -> int:
        """Return how many copies are there, of all titles together."""
        # Your code here
        raise NotImplementedError("Write Shelf.__len__")

    def lend(self, title: str) -> int:
        """Take a copy away, and return how many of the title are left.

        Raises KeyError for an unknown title, and ValueError ("no copy left") where all are out.
        """
        # Your code here
        raise NotImplementedError("Write Shelf.lend")

    def available(self) -> set[str]:
        """Return the titles of which at least one copy is there."""
        # Your code here
        raise NotImplementedError("Write Shelf.available")
