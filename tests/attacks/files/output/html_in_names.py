class Wrong(Exception):
    __name__ = "<b>"


def double(x):
    raise type("</td><script>alert(1)</script>", (Exception,), {})("x")
