"""Nothing that is printed shows a database's password."""

from __future__ import annotations

import pytest

from autograder.wording.secrets import without_passwords


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("at postgresql://me:o:n@e@host/db now", "at postgresql://me:***@host/db now"),
        ("postgresql://host/db?password=one&x=1", "postgresql://host/db?password=***&x=1"),
        ("p://h/d?sslmode=off&SSLPassword=one", "p://h/d?sslmode=off&SSLPassword=***"),
        ("p://h/d?pass%77ord=one", "p://h/d?pass%77ord=***"),
        ("p://h/d?oauth_client_secret=one;a=b", "p://h/d?oauth_client_secret=***"),
        ("p://h/d?options=-c%20app.secret%3Done", "p://h/d?options=***"),
        ("postgresql://me@host/db?user=doe", "postgresql://me@host/db?user=doe"),
        ("f(x) = 2, why?", "f(x) = 2, why?"),
        ("https://example.org/a?b=c", "https://example.org/a?b=c"),
    ],
)
def test_passwords_are_hidden(said: str, shown: str) -> None:
    """Before the @, behind the ?, however the setting is written; the rest stays."""
    assert without_passwords(said) == shown
