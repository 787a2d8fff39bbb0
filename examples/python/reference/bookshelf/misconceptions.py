"""Well-known mistakes in bookshelf, and what a good teacher says of each."""

from autograder.authoring import mistake

mistake("read_books", "text", {'"year": int(year)': '"year": year'}).say(
    "The year is still a text. What you split is text; int(year) makes a number of it."
)
mistake("read_books", "newline", {"line.strip()": "line", "int(copies)": "copies"}).say(
    "The copies are still a text, and end in a newline. Take the newline off with strip(), and "
    "make a number of it with int()."
)
mistake("read_books", "after", {">= since": "> since"}).say(
    "You left out the books of the year `since` itself. Write >= in place of >."
)
mistake("read_books", "all", {"if int(year) >= since:": "if year:"}).say(
    "You return all books. Keep those whose year is `since` or later."
)
mistake("read_books", "one_line_less", {"next(file)": "next(file); next(file)"}).say(
    "You skip the first book. Only the first line, with the names of the columns, is no book."
)
mistake("print_shelf", "from_zero", {"enumerate(books, 1)": "enumerate(books)"}).say(
    "You count from 0. enumerate(books, 1) counts from 1."
)
mistake("print_shelf", "no_count", {'print(f"{len(books)} books")': "pass"}).say(
    "The last line is missing. Print how many books there are, after the loop."
)
mistake("print_shelf", "no_brackets", {"({book['year']})": "{book['year']}"}).say(
    "The year stands without its brackets. Write ({book['year']}) in the text."
)
mistake("sort_by_year", "copy", {"books.sort(": "return sorted(books, "}).say(
    "You made a new list, and the old one is as it was. books.sort() changes the list itself."
)
mistake("sort_by_year", "newest_first", {'book["year"])': '-book["year"])'}).say(
    "You sorted the newest book to the front. The oldest comes first."
)
mistake("sort_by_year", "by_title", {'book["year"]': 'book["title"]'}).say(
    'You sorted by the title. The key of the sort is book["year"].'
)
mistake("Shelf.lend", "kept", {"self.copies[title] -= 1": "pass"}).say(
    "A copy that is lent is still on the shelf. Take it away: self.copies[title] -= 1."
)
mistake("Shelf.lend", "below_zero", {"self.copies[title] == 0": "self.copies[title] < 0"}).say(
    "You lend one copy more than there is. Raise the ValueError when the count is 0."
)
mistake(
    "Shelf.lend", "none", {'raise ValueError(f"no copy left of {title}")': "return None"}
).say("You return None where all copies are out. Raise a ValueError: nobody can overlook it.")
mistake(
    "Shelf.lend", "one_exception", {"raise KeyError(title)": "raise ValueError(title)"}
).say("An unknown title is another matter than one that is out. Raise a KeyError for it.")
mistake("Shelf.__len__", "titles", {"sum(self.copies.values())": "len(self.copies)"}).say(
    "You count the titles. The length of a shelf is how many copies are there: add the values."
)
mistake("Shelf.available", "all", {" if count > 0": ""}).say(
    "You return titles of which all copies are out. Keep those with a count above 0."
)
