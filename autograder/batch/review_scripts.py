"""The review's looks, its two scripts, and the policies that let these run and nothing else.

A policy names a script by its digest, whatever students are called.
"""

from __future__ import annotations

import base64
import hashlib

STYLE = """
.bar{display:inline-block;height:.8em;background:#3d7ab8;vertical-align:baseline}
.count{white-space:nowrap}
.flag{font-weight:700;border-bottom:2px solid}
th button{font:inherit;font-weight:700;background:none;border:0;padding:0;color:inherit;
cursor:pointer;text-align:left;text-decoration:underline dotted}
input{font:inherit;padding:.3rem .5rem;max-width:100%}
td,th{vertical-align:top}
p,li,h1,h2,summary{overflow-wrap:anywhere}
"""
SCRIPT = """
(function () {
  var table = document.getElementById("students"), body = table.tBodies[0];
  var field = document.getElementById("filter"), count = document.getElementById("count");
  function show() {
    var words = field.value.toLowerCase().split(/\\s+/), left = 0;
    Array.prototype.forEach.call(body.rows, function (row) {
      var said = row.textContent.toLowerCase();
      row.hidden = !words.every(function (word) { return said.indexOf(word) >= 0; });
      left += row.hidden ? 0 : 1;
    });
    count.textContent = left + " of " + body.rows.length;
  }
  field.addEventListener("input", show);
  Array.prototype.forEach.call(table.tHead.rows[0].cells, function (head, place) {
    head.firstElementChild.addEventListener("click", function () {
      var up = head.getAttribute("aria-sort") !== "ascending";
      Array.prototype.forEach.call(table.tHead.rows[0].cells, function (other) {
        other.removeAttribute("aria-sort");
      });
      head.setAttribute("aria-sort", up ? "ascending" : "descending");
      var rows = Array.prototype.slice.call(body.rows);
      rows.sort(function (a, b) {
        var x = a.cells[place].textContent, y = b.cells[place].textContent;
        var m = parseFloat(x), n = parseFloat(y);
        var by = isNaN(m) || isNaN(n) ? x.localeCompare(y) : m - n;
        return up ? by : -by;
      });
      rows.forEach(function (row) { body.appendChild(row); });
    });
  });
  show();
})();
"""
# Asks every few seconds whether the gradebook has changed, and shows it again unless somebody
# types, filters or reads with the keyboard.
LIVE = """
(function () {
  var said = document.getElementById("live"), field = document.getElementById("filter");
  function look() {
    fetch("state").then(function (answer) { return answer.json(); }).then(function (now) {
      if (now.state === said.dataset.state) { said.textContent = "Live."; return; }
      var busy = field.value || document.activeElement !== document.body;
      if (!busy) { location.reload(); return; }
      said.textContent = "";
      var link = document.createElement("a");
      link.href = "./"; link.textContent = "The class has changed: show it.";
      said.appendChild(link);
    }).catch(function () { said.textContent = "grade serve has ended."; });
  }
  look();
  setInterval(look, 4000);
})();
"""


def _digest(script: str) -> str:
    found = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    return f"'sha256-{found}'"


_ALWAYS = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; "
POLICY = f"{_ALWAYS}form-action 'none'; script-src {_digest(SCRIPT)}"
LIVE_POLICY = (
    f"{_ALWAYS}form-action 'self'; connect-src 'self'; "
    f"script-src {_digest(SCRIPT)} {_digest(LIVE)}"
)
