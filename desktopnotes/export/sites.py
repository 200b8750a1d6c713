"""Where a post goes: its file, its pictures, and what stands above the text. A new site is a value here."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Any

from desktopnotes.export import file_names, front_matter, markdown, page, site_text
from desktopnotes.export.conventions import Conventions
from desktopnotes.export.file_names import slug as slug
from desktopnotes.export.head import Head as Head
from desktopnotes.export.head import as_form, fields_of
from desktopnotes.export.site_text import SiteText
from desktopnotes.model.errors import UserError
from desktopnotes.model.listing import listed
from desktopnotes.model.notebook import Site
from desktopnotes.words import _

_FIELD = re.compile(r"\{(\w*)\}")

USUAL = Conventions()


@dataclass(frozen=True, slots=True)
class Pictures:
    """Where a post's pictures lie, relative to the root, and what the links to them begin with."""

    folder: str
    address: str


@dataclass(frozen=True, slots=True)
class SiteForm:
    """How a site wants a post. Paths are relative to the folder that is exported to, the root, with `/`.

    `label` is its name in menus. `file_form` is what a file is called where `Conventions` say nothing.
    `title_in_text`: title and date stand in the Markdown itself, as nothing else would show them.
    `talk_form`, `index_form`: the same where each talk has a file of its own (of which "{talk}" and
    "{talk_title}" tell, the rest of the post), and `link` is the address of such a file in the index.
    `needs_day`: there is no post without a date. `tells_summary`: nor one without a description.
    """

    name: str
    label: str
    file_form: str
    front: Callable[[Head], Mapping[str, Any]] | None
    pictures: Callable[[PurePosixPath, Head], Pictures]
    text: SiteText = site_text.PLAIN_TEXT
    needs_day: bool = False
    tells_summary: bool = False
    opening: Callable[[Head], str] = lambda head: ""
    talk_form: str = ""
    index_form: str = ""
    link: Callable[[PurePosixPath, PurePosixPath], str] = lambda index, file: _beneath(index, file)
    page: Callable[[Head, str], str] | None = None

    @property
    def suffix(self) -> str:
        return PurePosixPath(self.file_form).suffix

    @property
    def title_in_text(self) -> bool:
        return self.front is None and self.page is None

    def file_name(self, head: Head, conventions: Conventions = USUAL) -> str:
        """The path of the post's file. It never leads out of the root, whatever the conventions are."""
        values = fields_of(head)
        filled = _FIELD.sub(lambda field: values.get(field[1], ""), conventions.file_form or self.file_form)
        return file_names.path(conventions.folder, filled, self.suffix, otherwise=head.slug)

    def index_conventions(self, conventions: Conventions = USUAL) -> Conventions:
        return replace(conventions, file_form=self.index_form or self.file_form)

    def talk_conventions(self, head: Head, conventions: Conventions = USUAL) -> Conventions:
        """Those for the file of one talk in a post that has such a `head`."""
        names = fields_of(head)
        own = self.talk_form.replace("{slug}", names["slug"]).replace("{title}", as_form(names["title"]))
        own = own.replace("{talk}", "{slug}").replace("{talk_title}", "{title}")
        return replace(conventions, file_form=own)

    def pictures_of(self, head: Head, conventions: Conventions = USUAL) -> Pictures:
        return self.pictures(PurePosixPath(self.file_name(head, conventions)), head)

    def pictures_folder(self, head: Head, conventions: Conventions = USUAL) -> str:
        return self.pictures_of(head, conventions).folder

    def wants_day(self, conventions: Conventions = USUAL) -> bool:
        fields = set(_FIELD.findall(conventions.file_form or self.file_form))
        return self.needs_day or bool(fields & {"date", "year", "month", "day"})

    def written(
        self,
        head: Head,
        markdown: str,
        conventions: Conventions = USUAL,
        addresses: Collection[str] = (),
    ) -> str:
        """The text of the file. `addresses` are those of the post's pictures in `markdown`."""
        if self.page is not None:
            return self.page(head, markdown)
        return self.above(head, conventions) + self.text.neutralised(markdown, addresses)

    def above(self, head: Head, conventions: Conventions = USUAL) -> str:
        """What stands above the Markdown in the file: the front matter and an empty line, if there is one."""
        return front_matter.written(self.front(head), conventions) if self.front else ""

    def shown(self, text: str) -> str:
        """The Markdown that the site's builder shows its reader, made of the text of a file of the site.

        What `written` did is undone to the letter. The text need not be ours.
        """
        return self.text.restored(front_matter.below(text) if self.front else text)

    def root_of(self, file: Path, conventions: Conventions = USUAL) -> Path:
        """The folder that the pictures' paths are relative to, for a post written to that very file.

        Within the folder where posts of the author's site lie it is the folder of that site.
        """
        if learned := _above_folder(conventions.folder, file):
            return learned
        folders = PurePosixPath(self.file_form).parts[:-1]
        if folders[:1] == ("_posts",):
            return _above("_posts", file)
        return file.parent.parent if folders and file.stem in _OWN_PAGE else file.parent


_OWN_PAGE = ("index", "_index")


def _above(name: str, file: Path) -> Path:
    return next((folder.parent for folder in file.parents if folder.name == name), file.parent)


def _above_folder(folder: str, file: Path) -> Path | None:
    """Where `folder` ("content/posts") begins, if the file lies in it; the innermost if it is there twice."""
    parts = PurePosixPath(folder).parts
    inside = (each for each in file.parents if parts and each.parts[-len(parts) :] == parts)
    return next((each.parents[len(parts) - 1] for each in inside if len(each.parents) >= len(parts)), None)


def _beneath(index: PurePosixPath, file: PurePosixPath) -> str:
    return str(file.relative_to(index.parent))


def _as_folder(index: PurePosixPath, file: PurePosixPath) -> str:
    """Hugo and Astro make a folder of each page, so its address ends as one."""
    return f"{file.parent.name if file.stem in _OWN_PAGE else file.stem}/"


# --- the sites ---------------------------------------------------------------------------------------


def _plain_opening(head: Head) -> str:
    title = f"# {markdown.plain(head.title)}"
    return f"{title}\n\n{markdown.plain_line(head.date_line)}" if head.date_line else title


def _beside(file: PurePosixPath, head: Head, mark: str = "", end: str = "-pictures") -> Pictures:
    """In the folder of a file that has one of its own, else in one beside it."""
    if file.stem in _OWN_PAGE:
        return Pictures(str(file.parent), mark)
    folder = f"{head.slug}{end}"
    return Pictures(str(file.parent / folder), f"{mark}{folder}/")


def _hugo_pictures(file: PurePosixPath, head: Head) -> Pictures:
    if file.stem in _OWN_PAGE:
        return _beside(file, head)
    return Pictures(f"static/pictures/{head.slug}", f"/pictures/{head.slug}/")


def _hugo(head: Head) -> Mapping[str, Any]:
    return {
        "title": head.title,
        "date": head.day,
        "description": head.description or None,
        "draft": head.draft,
        "tags": head.tags or None,
        "slug": head.slug,
    }


def _jekyll(head: Head) -> Mapping[str, Any]:
    return {
        "layout": "post",
        "title": head.title,
        "date": head.day,
        "description": head.description or None,
        "tags": head.tags or None,
        "lang": head.lang or None,
        "published": False if head.draft else None,
    }


def _astro(head: Head) -> Mapping[str, Any]:
    return {
        "title": head.title,
        "description": head.description or head.summary or head.title,
        "pubDate": head.day,
        "tags": head.tags or None,
        "draft": head.draft or None,
    }


def _obsidian(head: Head) -> Mapping[str, Any]:
    return {
        "aliases": (head.title,),
        "tags": tuple(filter(None, map(_obsidian_tag, head.tags))) or None,
        "date": head.day,
        "description": head.description or None,
        "draft": head.draft or None,
    }


def _obsidian_tag(tag: str) -> str:
    """Its tags are single words with no signs but three, and not numbers alone."""
    word = re.sub(r"[^\w/-]+", "-", tag).strip("-/")
    return f"{word}-" if word.isdecimal() else word


def _page(head: Head, text: str) -> str:
    return page.html(
        title=head.title,
        date=head.date_line,
        day=head.day.isoformat() if head.day else "",
        lang=head.lang,
        description=head.description or head.summary,
        text=text,
    )


PLAIN = SiteForm(
    Site.PLAIN,
    _("Plain"),
    "{slug}.md",
    front=None,
    pictures=_beside,
    opening=_plain_opening,
    talk_form="{slug}/{talk}.md",
)
HUGO = SiteForm(
    Site.HUGO,
    "Hugo",
    "{slug}/index.md",
    front=_hugo,
    pictures=_hugo_pictures,
    text=site_text.HUGO_TEXT,
    talk_form="{slug}/{talk}/index.md",
    index_form="{slug}/_index.md",
    link=_as_folder,
)
JEKYLL = SiteForm(
    Site.JEKYLL,
    "Jekyll",
    "_posts/{date}-{slug}.md",
    front=_jekyll,
    pictures=lambda file, head: Pictures(f"assets/{head.slug}", f"/assets/{head.slug}/"),
    text=site_text.JEKYLL_TEXT,
    needs_day=True,
    talk_form="_posts/{date}-{talk}.md",
    link=lambda index, file: f"/_posts/{file.name}",
)
ASTRO = SiteForm(
    Site.ASTRO,
    "Astro",
    "{slug}.md",
    front=_astro,
    pictures=lambda file, head: _beside(file, head, mark="./", end=""),
    needs_day=True,
    tells_summary=True,
    talk_form="{slug}/{talk}.md",
    link=_as_folder,
)
OBSIDIAN = SiteForm(
    Site.OBSIDIAN,
    "Obsidian",
    "{title}.md",
    front=_obsidian,
    pictures=_beside,
    text=site_text.OBSIDIAN_TEXT,
    talk_form="{title}/{talk_title}.md",
)

PAGE = SiteForm(
    Site.PAGE,
    _("Web Page"),
    "{slug}.html",
    front=None,
    pictures=_beside,
    page=_page,
    tells_summary=True,
    talk_form="{slug}/{talk}.html",
)

SITES = (PLAIN, HUGO, JEKYLL, ASTRO, OBSIDIAN, PAGE)


def site_names() -> tuple[str, ...]:
    return tuple(site.name for site in SITES)


def site(name: str) -> SiteForm:
    """Raises `UserError` for a site that this version does not know."""
    for form in SITES:
        if form.name == name:
            return form
    raise UserError(
        _("“{name}” is no site that posts can be exported for.").format(name=name),
        _("There is {names}.").format(names=listed(site_names())),
    )
