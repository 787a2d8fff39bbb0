def read_books(path, since):
    books = []
    with open(path) as file:
        for line in file.readlines()[1:]:
            title, year, copies = line.strip().split(",")
            if int(year) > since:
                books.append({"title": title, "year": int(year), "copies": int(copies)})
    return books


def print_shelf(books):
    text = ""
    for number, book in enumerate(books, 1):
        text += f"{number}. {book['title']} ({book['year']})\n"
    return text + f"{len(books)} books"


def sort_by_year(books):
    return sorted(books, key=lambda book: book["year"])
