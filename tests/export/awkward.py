"""Texts that mean something in Markdown, meant or not, for hypothesis to put together."""

from __future__ import annotations

from hypothesis import strategies as st

SIGNS = list("*_`~[]()<>!\\-+#=|:.;&'\"^%@/?1a \né字🎉“”")
MEANT = [
    "**",
    "~~",
    "``",
    "```",
    "~~~",
    "](",
    "[a](http://b.c/d_e)",
    "[x](javascript:alert(1))",
    "![i](data:text/html,x)",
    "<http://b.c>",
    "http://x.y/a_(b)*c",
    "javascript:",
    "<b>",
    "</b>",
    "<div>\n",
    "<script>",
    "<!--",
    "-->",
    "<?",
    "<![CDATA[",
    "word",
    "\n\n",
    "\n- ",
    "\n1. ",
    "\n# ",
    "\n> ",
    "\n---\n",
    "\n    ",
    "\n|a|b|\n|-|-|\n",
    "\n```\ncode\n```\n",
    "[x]: http://y\n",
    "[x]: javascript:a\n",
    "[^1]: ",
    "*[A]: b",
    "&lt;",
    "&#106;",
    "#tag",
    "  \n",
    "\t",
]
texts = st.lists(st.sampled_from(SIGNS) | st.sampled_from(MEANT), min_size=1, max_size=16).map("".join)
