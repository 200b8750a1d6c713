"""Texts made such that a site's own language finds nothing in them, and the way back.

Hugo looks for shortcodes and Jekyll for Liquid before anything is known of code or text, so what keeps them
off works in both alike. `restored(neutralised(text)) == text` for any text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from desktopnotes.export.escapes import Escapes, Token


@dataclass(frozen=True, slots=True)
class SiteText:
    """The two ways of a site's text. Both leave the number of the lines as it is, but for some at the end.

    `link_file` is how the site wants the addresses of its own files; `addresses` says which those are.
    """

    away: tuple[Callable[[str], str], ...] = ()
    back: tuple[Callable[[str], str], ...] = ()
    link_file: Callable[[str], str] | None = None

    def neutralised(self, text: str, addresses: Collection[str] = ()) -> str:
        *first, last = self.away or (str,)
        for step in first:
            text = step(text)
        if not addresses or self.link_file is None:
            return last(text)
        # What is between the pictures, as nothing would be seen of the way in which those are linked.
        parts = re.split(rf"(?<=\]\()({'|'.join(map(re.escape, addresses))})(?=\))", text)
        return "".join(self.link_file(part) if index % 2 else last(part) for index, part in enumerate(parts))

    def restored(self, text: str) -> str:
        for step in self.back:
            text = step(text)
        return text


# --- Hugo --------------------------------------------------------------------------------------------

_SHORTCODE = re.compile(r"\{\{(?P<kind>[<%])")
_KEPT_OFF = re.compile(r"\{\{(?P<kind>[<%])/\*")
_CLOSING = {"<": ">}}", "%": "%}}"}
_HUGO_END = '\n[end]: # "*/{}"\n'
"""The definition of a link that nobody follows shows nothing, but ends what Hugo takes from `{{<` on."""


def _without_shortcodes(text: str) -> str:
    """Each shortcode as Hugo wants it quoted, `{{</* x */>}}`; what nothing closes is closed at the very end.

    Hugo takes all between the two marks as it is, whatever it is, up to the first `*/>}}`.
    """
    pieces: list[str] = []
    done = 0
    while opening := _SHORTCODE.search(text, done):
        closing = _CLOSING[opening["kind"]]
        end = text.find(closing, opening.end())
        pieces += text[done : opening.end()], "/*"
        if end < 0:
            pieces += text[opening.end() :], _HUGO_END.format(closing)
            return "".join(pieces)
        pieces += text[opening.end() : end], "*/", closing
        done = end + len(closing)
    return "".join((*pieces, text[done:]))


def _with_shortcodes(text: str) -> str:
    pieces: list[str] = []
    done = 0
    while opening := _KEPT_OFF.search(text, done):
        closing = _CLOSING[opening["kind"]]
        end = text.find(f"*/{closing}", opening.end())
        pieces.append(text[done : opening.end() - 2])
        last = _HUGO_END.format(closing)
        if end < 0 or text[end - len(last) + len(f'*/{closing}"\n') :] == last:
            pieces.append(text[opening.end() :].removesuffix(last))
            return "".join(pieces)
        pieces += text[opening.end() : end], closing
        done = end + 2 + len(closing)
    return "".join((*pieces, text[done:]))


_HEADING = re.compile(r" {0,3}(?:> ?)*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*#{1,6}[ \t]")
_ENDS_IN_BRACE = re.compile(r"[^\n]*\}[ \t]*#*[ \t]*(?:\n(?P<below>[ \t>]*(?:=+|-+)[ \t]*(?:\n|\Z))?|\Z)")


def _ends_heading(tokens: Sequence[Token], index: int) -> bool:
    """`## Words {#id}` names the heading for Hugo, and `{.x}` gives it a class; neither shows."""
    after = "".join(token.text for token in tokens[index + 1 : index + 3])
    if after.startswith(("<", "%", "{<", "{%")):
        return False  # of a shortcode, which is kept off below
    start, end = index, index + 1
    while start and "\n" not in tokens[start - 1].text:
        start -= 1
    ends = 0
    while end < len(tokens) and ends < 2:
        ends += tokens[end].text.count("\n")
        end += 1
    rest = _ENDS_IN_BRACE.match("".join(token.text for token in tokens[index + 1 : end]))
    if rest is None:
        return False
    line = "".join("x" if token.sign == "{" else token.text for token in tokens[start:index])
    return rest["below"] is not None or bool(_HEADING.match(line))


_GOLDMARK = Escapes((("{", _ends_heading),), re.compile(r"\{"), by_line=False)


# --- Jekyll ------------------------------------------------------------------------------------------

_RAW, _END_RAW = "{% raw %}", "{% endraw %}"
_ENDS_RAW = re.compile(r"\{%(?=-?\s*endraw)")
_SPLIT = f'{_END_RAW}{{{{ "{{%" }}}}{_RAW}'
_MADE = re.compile(
    rf"{_RAW}.*?{_END_RAW}"
    r'|\{\{ "(?P<said>[^"\n]*)"(?: \| relative_url)? \}\}'
    r"|\{% post_url (?P<post>\S+) %\}",
    re.DOTALL,
)


def _liquid_kept_off(text: str) -> str:
    """What Liquid would act on stands in `raw`, line by line.

    The whole in one would cut the excerpt that Jekyll makes of the first paragraph, with a warning each time.
    """
    if "{{" not in text and "{%" not in text:
        return text
    return "\n".join(map(_line_kept_off, text.split("\n")))


def _line_kept_off(line: str) -> str:
    starts = [at for at in (line.find("{{"), line.find("{%")) if at >= 0]
    if not starts:
        return line
    start = min(starts)
    end = 2 + max(line.rfind(sign) for sign in ("{{", "{%", "}}", "%}"))
    return f"{line[:start]}{_RAW}{_ENDS_RAW.sub(_SPLIT, line[start:end])}{_END_RAW}{line[end:]}"


def _with_liquid(text: str) -> str:
    return _MADE.sub(_said, text)


def _said(made: re.Match[str]) -> str:
    if made["post"]:
        return f"/_posts/{made['post']}.md"
    said: str | None = made["said"]
    return made[0][len(_RAW) : -len(_END_RAW)] if said is None else said


def _relative_url(path: str) -> str:
    """How Jekyll is told of a file of the site, which may lie below another folder of its host."""
    if path.startswith("/_posts/"):
        return f"{{% post_url {path.removeprefix('/_posts/').removesuffix('.md')} %}}"
    return f'{{{{ "{path}" | relative_url }}}}'


def _next(tokens: Sequence[Token], index: int) -> str:
    return tokens[index + 1].sign if index + 1 < len(tokens) else ""


def _before(tokens: Sequence[Token], index: int) -> str:
    return tokens[index - 1].sign if index else ""


_ABBREVIATION = re.compile(r"[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*\*\[")


def _ends_name(tokens: Sequence[Token], index: int) -> bool:
    """`[\\[x\\]: words](…)` is a link to us, and to kramdown the definition of one.

    `*[x]: words` says there what an abbreviation means, and shows nothing.
    """
    before = tokens[index - 1].text if index else ""
    return before == "\\]" or (before == "]" and _is_abbreviation(tokens, index))


def _is_abbreviation(tokens: Sequence[Token], index: int) -> bool:
    start = index
    while start and "\n" not in tokens[start - 1].text:
        start -= 1
    line = "".join(
        token.text if token.sign in " \t>-+*[.)" or token.sign.isdigit() else "x"
        for token in tokens[start:index]
    )
    return bool(_ABBREVIATION.match(line))


def _is_alone(tokens: Sequence[Token], index: int) -> bool:
    """Whether nothing else but blanks stands in its line."""
    after = (token.text for token in tokens[index + 1 :])
    before = (token.text for token in reversed(tokens[:index]))
    return all(next((text for text in side if text not in " \t"), "\n") == "\n" for side in (before, after))


_BAR = re.compile(r"\\\||(?P<bar>\|)|\\vert(?P<nothing>(?:\{\})+)")


def _bars(formula: str, by: int) -> str:
    """A `|` makes a table even in a formula. LaTeX knows it by a name too, behind which `{}` is nothing."""

    def turned(found: re.Match[str]) -> str:
        if found["bar"]:
            return "\\vert{}" if by > 0 else "|"
        if not found["nothing"]:
            return found[0]
        if by > 0:
            return found[0] + "{}"
        return "|" if found["nothing"] == "{}" else found[0].removesuffix("{}")

    return _BAR.sub(turned, formula)


_KRAMDOWN = Escapes(
    (
        ("{", lambda tokens, index: _next(tokens, index) in (":", "#")),  # attributes; `{::comment}`
        ("|", lambda tokens, index: True),  # else one `|` makes a table of a paragraph, and a link's title
        (":", _ends_name),
        ("^", _is_alone),  # it would end a block
    ),
    re.compile(r"\{[:#]|\||\]:|\^[ \t]*(?:\n|\Z)"),
    spares_tables=True,
    formula=_bars,
)


# --- Obsidian ----------------------------------------------------------------------------------------


def _doubled(tokens: Sequence[Token], index: int) -> bool:
    after = tokens[index + 1] if index + 1 < len(tokens) else None
    return after is not None and after.sign == tokens[index].sign and after.level == 0


def _is_tag(tokens: Sequence[Token], index: int) -> bool:
    before, after = _before(tokens, index), _next(tokens, index)
    begins = not before or before.isspace() or before in "([*_~>“‘„«\"'"
    return begins and bool(after) and (after.isalnum() or after in "_-/" or after > "\u2fff")


def _names_block(tokens: Sequence[Token], index: int) -> bool:
    if not _before(tokens, index).isspace():
        return False
    name = ""
    for token in tokens[index + 1 :]:
        if token.text.startswith("\n"):
            break
        name += token.text
    return bool(re.fullmatch(r"[A-Za-z0-9-]+", name))


_OBSIDIAN = Escapes(
    (
        ("[", _doubled),  # link to a note
        ("%", _doubled),  # comment
        ("=", _doubled),  # highlighted
        ("#", _is_tag),
        ("^", _names_block),
    ),
    re.compile(r"""\[\[|%%|==|(?:\A|[\s(\[*~>“‘„«"']|_\w*)\#|\s\^"""),
)

PLAIN_TEXT = SiteText()
HUGO_TEXT = SiteText((_GOLDMARK.escaped, _without_shortcodes), (_with_shortcodes, _GOLDMARK.unescaped))
JEKYLL_TEXT = SiteText(
    (_KRAMDOWN.escaped, _liquid_kept_off), (_with_liquid, _KRAMDOWN.unescaped), link_file=_relative_url
)
OBSIDIAN_TEXT = SiteText((_OBSIDIAN.escaped,), (_OBSIDIAN.unescaped,))
