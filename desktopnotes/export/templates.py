"""The styles of a post: Jinja2 templates in `styles/`, where a new file is a new style.

They run in a sandbox, as a template may come from somebody else.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktopnotes.model.errors import UserError

if TYPE_CHECKING:
    from jinja2.sandbox import SandboxedEnvironment

_FOLDER = Path(__file__).parent / "styles"
_SUFFIX = ".md.j2"


def style_names() -> tuple[str, ...]:
    return tuple(sorted(path.name.removesuffix(_SUFFIX) for path in _FOLDER.glob(f"*{_SUFFIX}")))


def rendered(style: str, **values: Any) -> str:
    """The Markdown that the style makes of `values`, ended by one line end. Raises `UserError`."""
    if style not in style_names():
        raise UserError(f"There is no style “{style}”.", f"There are: {', '.join(style_names())}.")
    return _environment().get_template(style + _SUFFIX).render(values).rstrip("\n") + "\n"


@lru_cache(maxsize=1)
def _environment() -> SandboxedEnvironment:
    # Takes a twentieth of a second, which only an export needs to wait for.
    from jinja2 import FileSystemLoader, StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    return ImmutableSandboxedEnvironment(
        loader=FileSystemLoader(_FOLDER),
        undefined=StrictUndefined,
        autoescape=False,
        trim_blocks=True,
        lstrip_blocks=True,
    )
