"""A student's HTML, without what a page may not run, load or frame; it says what it took out.

nh3 decides what stays, from a list of what is allowed. `removed` only names, for a reader,
what that list leaves out.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from html.parser import HTMLParser

import nh3
from pygments.token import STANDARD_TYPES

_ALLOWED = """
    a abbr b blockquote br caption center cite code col colgroup dd del details dfn div dl dt
    em figcaption figure font h1 h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p pre q s samp
    small span strike strong sub summary sup table tbody td tfoot th thead tr tt u ul var
"""
TAGS = frozenset(_ALLOWED.split())
_HEADINGS = tuple(f"h{level}" for level in range(1, 7))
_ATTRIBUTES: dict[str, set[str]] = {
    "*": {"title", "align", "style"},
    "a": {"href"},
    "col": {"span"},
    "colgroup": {"span"},
    "details": {"open"},
    "div": {"role", "aria-label"},
    "font": {"color"},
    "img": {"src", "alt", "width", "height"},
    "ol": {"start", "type"},
    "span": {"aria-hidden"},
    "table": {"border"},
    "td": {"colspan", "rowspan", "valign"},
    "th": {"colspan", "rowspan", "scope", "valign"},
    **{heading: {"id"} for heading in _HEADINGS},
}
# Nothing that moves a text out of its place, or that loads.
_STYLES = {
    *("background-color", "border-collapse", "border-left", "color", "font-family"),
    *("font-style", "font-weight", "margin", "max-width", "opacity", "padding"),
    *("text-align", "text-decoration", "vertical-align"),
}
_UNFIT_STYLE = re.compile(r"[\\@(]|/\*|-\s*[\d.]")  # a function, a comment, a negative length
# Of a page's own making: colours of code, and blocks in which no formula is looked for.
_CLASSES = {
    *("anchor-link", "dataframe", "grade-check", "highlight"),
    *("mathjax_ignore", "tex2jax_ignore"),
    *filter(None, STANDARD_TYPES.values()),
}
_PICTURE = re.compile(r"data:image/(?:png|jpeg|gif|webp|bmp);base64,[A-Za-z0-9+/=\s]*+")
_PLACE = re.compile(r"(?![/ ])(?:[\w\-. ]|%20|/(?!/))++")
_PICTURE_FILE = re.compile(r".*\.(?:png|jpe?g|gif|webp|bmp)", re.IGNORECASE)
_SHOWN_FILE = re.compile(
    r".*\.(?:png|jpe?g|gif|webp|bmp|pdf|txt|csv|py|ipynb|md|json|npy|npz|zip)", re.IGNORECASE
)
_ELSEWHERE = re.compile(r"https?://[^\s\\]++|mailto:[^\s\\:/]++", re.IGNORECASE)

# MathJax makes links, classes and styles of these, or reads more of itself.
_COMMAND = re.compile(
    r"\\(?=(?:href|url|class|cssId|style|unicode|mmlToken|data|html[A-Za-z]*|texHTML"
    r"|includegraphics|require|bbox)(?![A-Za-z]))"
    r"(?!require\s*\{(?:ams\w*|boldsymbol|cancel|color|enclose|mhchem)\})"
    r"(?!bbox\s*(?:\{|\[[\w#., ]*\]))"
)
_VERBATIM = re.compile(r"(<(pre|code)\b.*?</\2>)", re.DOTALL)

_KINDS = {
    "script": "a script",
    "style": "a style sheet",
    "svg": "a drawing in SVG",
    "math": "MathML",
    **dict.fromkeys(("iframe", "frame", "frameset", "object", "embed", "portal"), "a frame"),
    **dict.fromkeys(("form", "input", "button", "textarea", "select", "label"), "a form"),
    **dict.fromkeys(("meta", "base", "link", "title", "html", "head", "body"), "a page's head"),
    **dict.fromkeys(("audio", "video", "source", "track"), "a film or a sound"),
    **dict.fromkeys(("area", "map"), "a map of links"),
}
HANDLER = "a handler of events"
LINK = "a link that is not to http, https or mail"
PICTURE = "a picture from elsewhere"
STYLE = "a style"
FORMULA = "a command of MathJax"
COMMENT = "a comment"
TAG = "a tag"


def cleaned(text: str) -> str:
    """A piece of HTML in which nothing runs, loads from elsewhere or frames anything.

    What is taken out is named below it.
    """
    text = _finished(text)
    gone = removed(text)
    clean = _CLEANER.clean(text)
    parts = _VERBATIM.split(clean)  # around each: what stands before it, it, its tag
    for place in range(0, len(parts), 3):
        calm = without_commands(parts[place])
        gone += [FORMULA] * (calm != parts[place] and FORMULA not in gone)
        parts[place] = calm
    clean = "".join(part for place, part in enumerate(parts) if place % 3 != 2)
    return clean + (f"<p><em>{html.escape(sentence(gone))}</em></p>\n" if gone else "")


def sentence(gone: Iterable[str]) -> str:
    """A sentence on what was taken out."""
    return f"Removed here: {', '.join(gone)}."


def without_commands(text: str) -> str:
    r"""Text in which MathJax makes no link and no style: `\href` becomes `\ href`."""
    return _COMMAND.sub(r"\\ ", text)


def is_link(target: str) -> bool:
    """True if a link may lead there: a web page, an address of mail, a place or file here."""
    target = target.strip()
    return (
        target.startswith("#")
        or _ELSEWHERE.fullmatch(target) is not None
        or (_is_place(target) and _SHOWN_FILE.fullmatch(target) is not None)
    )


def is_picture(source: str) -> bool:
    """True if a picture may be shown: one that is in the page, or in a file beside it."""
    source = source.strip()
    return _PICTURE.fullmatch(source) is not None or (
        _is_place(source) and _PICTURE_FILE.fullmatch(source) is not None
    )


def removed(text: str) -> list[str]:
    """The things that `cleaned` takes out of a piece of HTML, in words, each once."""
    if "<" not in text:
        return []
    found = _Finder()
    found.feed(text)
    found.close()
    return list(found.found)


def _is_place(target: str) -> bool:
    return _PLACE.fullmatch(target) is not None and ".." not in target


class _Finder(HTMLParser):
    """Names what is not allowed."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: dict[str, None] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in TAGS:
            self.found[_KINDS.get(tag, TAG)] = None
        for name, value in attrs:
            said = _unfit(tag, name, value or "")
            if said:
                self.found[said] = None

    def handle_comment(self, data: str) -> None:
        self.found[COMMENT] = None


def _unfit(tag: str, name: str, value: str) -> str:
    if name.startswith("on"):
        return HANDLER
    if tag not in TAGS:
        return ""  # it is said already
    if name in ("href", "xlink:href", "action", "formaction", "srcdoc", "srcset"):
        return "" if (tag, name) == ("a", "href") and is_link(value) else LINK
    if name in ("src", "background", "poster", "data"):
        return "" if (tag, name) == ("img", "src") and is_picture(value) else PICTURE
    return STYLE if name == "style" and _UNFIT_STYLE.search(value) else ""


def _attribute(tag: str, name: str, value: str) -> str | None:
    match name:
        case "href":
            if value.strip().startswith("#"):
                return "#own-" + value.strip()[1:]
            return value if is_link(value) else None
        case "src":
            return value if is_picture(value) else None
        case "id":  # of a heading; the page has ids of its own
            return f"own-{value}"
        case "class":
            return " ".join(filter(_CLASSES.__contains__, value.split())) or None
        case "style":
            return None if _UNFIT_STYLE.search(value) else value
        case _:
            return value


def _finished(text: str) -> str:
    """A tag that never ends is text; a browser would show nothing of it."""
    end = text.rfind(">") + 1
    return text[:end] + text[end:].replace("<", "&lt;")


_CLEANER = nh3.Cleaner(
    tags=set(TAGS),
    attributes={
        tag: names | ({"class"} if tag in ("a", "div", "span", "table") else set())
        for tag, names in _ATTRIBUTES.items()
    },
    attribute_filter=_attribute,
    filter_style_properties=_STYLES,
    url_schemes={"http", "https", "mailto", "data"},
    link_rel="noopener noreferrer nofollow",
)
