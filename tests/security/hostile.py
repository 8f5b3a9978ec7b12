"""The corpus of hostile inputs, and how a test knows that one of them got through."""

import json
from pathlib import Path
from typing import Any

_CORPUS: dict[str, Any] = json.loads((Path(__file__).parent / "hostile.json").read_text())
MARKDOWN: list[str] = _CORPUS["markdown"]
NAMES: list[str] = _CORPUS["names"]
STRIKE = "<img src=x onerror=window.struck=1>"

FOREIGN = """
() => {
  const found = window.struck === undefined ? [] : ["something ran"];
  const runs = /^[\\s\\u0000-\\u0020]*(javascript|vbscript|data:text|data:image.svg|blob|file):?/i;
  for (const one of document.querySelectorAll("*")) {
    const tag = one.localName;
    if (["iframe", "object", "embed", "base", "portal", "plaintext", "marquee", "frame", "template"].includes(tag))
      found.push(`<${tag}>`);
    if (tag === "script" && !(one.src && new URL(one.src).origin === location.origin)) found.push(one.outerHTML);
    if (tag === "meta" && one.httpEquiv) found.push(one.outerHTML);
    if (tag === "form" && one.getAttribute("action")) found.push(one.outerHTML);
    for (const { name, value } of one.attributes) {
      if (name.startsWith("on")) found.push(`<${tag} ${name}>`);
      if (["href", "src", "action", "formaction", "data", "poster", "xlink:href"].includes(name) && runs.test(value))
        found.push(`<${tag} ${name}=${value}>`);
    }
  }
  return found;
}
"""
"""What no page of ours has by itself: run it in the page, and expect nothing."""
