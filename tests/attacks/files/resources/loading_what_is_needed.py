import os


def needs():
    return one, two, three, four, five


one = os._exit(1)
two = os._exit(2)
three = os._exit(3)
four = os._exit(4)
five = os._exit(5)
