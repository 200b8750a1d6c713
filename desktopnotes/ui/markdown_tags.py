"""Light Markdown in a Tk Text: what its tags look like, and which of them stand where."""

from __future__ import annotations

from collections import defaultdict

from desktopnotes.model import light_markdown
from desktopnotes.model.light_markdown import BULLET, CODE, EMPHASIS, LINK, MARKER, STRONG, TAG, Span
from desktopnotes.ui.guarded_text import GuardedText, columns
from desktopnotes.ui.theme import Theme

BOTH = f"{STRONG} {EMPHASIS}"
TAGS = (STRONG, EMPHASIS, BOTH, CODE, LINK, TAG, BULLET, MARKER)


def dress(text: GuardedText, theme: Theme) -> None:
    """Gives the tags their look; those of a later one win."""
    p, fonts = theme.palette, theme.fonts
    text.tag_configure(STRONG, font=fonts.page_bold)
    text.tag_configure(EMPHASIS, font=fonts.page_italic)
    text.tag_configure(BOTH, font=fonts.page_bold_italic)
    text.tag_configure(CODE, font=fonts.mono, background=p.hover)
    text.tag_configure(LINK, foreground=p.accent, underline=True)
    text.tag_configure(TAG, foreground=p.tag)
    text.tag_configure(BULLET, foreground=p.sign, font=fonts.page_bold)
    text.tag_configure(MARKER, foreground=p.muted, underline=False)
    text.tag_raise("sel")


def tags_of(span: Span, around: str = "") -> tuple[str, ...]:
    """The Tk tags of a span; `around` is the tag of the text it stands in, which may be slanted or bold."""
    styles = set(span.styles)
    if styles & {STRONG, EMPHASIS}:
        is_bold = STRONG in styles or around == "chapter"
        is_slanted = EMPHASIS in styles or around in ("quote", "private")
        styles -= {STRONG, EMPHASIS}
        styles.add(BOTH if is_bold and is_slanted else STRONG if is_bold else EMPHASIS)
    return tuple(tag for tag in TAGS if tag in styles)


def tag(text: GuardedText, first_line: int, before: str, now: str, around: str = "") -> None:
    """Tags `now`, which begins at the start of a line of the widget, where `before` stood until this edit."""
    spans = light_markdown.spans(now)
    last_line = first_line + now.count("\n")
    if light_markdown.spans(before):
        for name in TAGS:
            text.raw("tag", "remove", name, f"{first_line}.0", f"{last_line}.end")
    if not spans:
        return
    places: dict[str, list[str]] = defaultdict(list)
    line, line_start = first_line, 0
    for span in spans:
        indexes = []
        for offset in (span.start, span.end):
            while (line_break := now.find("\n", line_start, offset)) > -1:
                line, line_start = line + 1, line_break + 1
            indexes.append(f"{line}.{columns(now[line_start:offset])}")
        for name in tags_of(span, around):
            places[name] += indexes
    for name, indexes in places.items():
        text.raw("tag", "add", name, *indexes)
