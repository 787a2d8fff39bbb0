import csv


class NothingLeft(ValueError):
    pass


def read_books(name, year):
    with open(name) as f:
        rows = list(csv.DictReader(f))
    return [
        dict(title=r["title"], year=int(r["year"]), copies=int(r["copies"]))
        for r in rows
        if not int(r["year"]) < year
    ]


def print_shelf(books):
    i = 0
    for b in books:
        i += 1
        print(str(i) + ".", b["title"], "(" + str(b["year"]) + ")")
    print(i, "books")
    print()


def sort_by_year(books):
    for _ in books:
        for i in range(len(books) - 1):
            if books[i]["year"] > books[i + 1]["year"]:
                books[i], books[i + 1] = books[i + 1], books[i]
    return books


class Shelf:
    def __init__(self, books):
        self.books = [dict(b) for b in books]

    def __len__(self):
        return sum(b["copies"] for b in self.books)

    def lend(self, title):
        for b in self.books:
            if b["title"] == title:
                if not b["copies"]:
                    raise NothingLeft("Sorry, no copy of it!")
                b["copies"] -= 1
                return b["copies"]
        raise KeyError("We do not have " + title)

    def available(self):
        return frozenset(b["title"] for b in self.books if b["copies"])
