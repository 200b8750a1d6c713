"""A post made of a notebook's talks: texts and pictures to be written; nothing is written here."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from desktopnotes.export import (
    chosen,
    languages,
    links,
    markdown,
    passages,
    per_talk,
    sites,
    templates,
    views,
)
from desktopnotes.export.album import Album
from desktopnotes.export.conventions import Conventions
from desktopnotes.export.heads import head_of
from desktopnotes.export.options import Options
from desktopnotes.export.result import Export, Place, TextFile
from desktopnotes.export.sites import SiteForm
from desktopnotes.export.views import Manner, PostView, TalkView
from desktopnotes.model.notebook import Notebook, Post, Talk
from desktopnotes.model.settings import Settings
from desktopnotes.words import TAG, _

_DEFAULTS = Settings()


def exported(notebook: Notebook, post: Post, options: Options = Options()) -> Export:  # noqa: B008
    """The post as the texts and pictures of its site.

    Raises `UserError` for a style or site asked for by name that there is none of; what a post itself names
    falls back to what there is; `checks` tells so.
    """
    return _with_index(notebook, post, options) if options.per_talk else single(notebook, post, options)


def _with_index(notebook: Notebook, post: Post, options: Options) -> Export:
    """A file for each talk, and before them the index that links them."""
    form = chosen.site_of(post, options)
    options = replace(options, conventions=options.conventions.of(form.name))
    head = head_of(post, notebook, form, languages.language(post.lang), options)
    files = per_talk.files_of(_talks(notebook, post), post, form, head, options)
    talks = [single(notebook, file.post, file.options, file.head) for file in files]
    made = per_talk.index(files, post, form.opening(head), raw_html=options.raw_html)
    addresses = [file.address for file in files]
    export = finished(form, head, made, form.index_conventions(options.conventions), addresses)
    return replace(
        export,
        files=export.files + tuple(file for talk in talks for file in talk.files),
        pictures=tuple(picture for talk in talks for picture in talk.pictures),
        missing=tuple(name for talk in talks for name in talk.missing),
    )


def single(notebook: Notebook, post: Post, options: Options, alone: sites.Head | None = None) -> Export:
    """The post as one file. `alone` heads that of one talk, as its post does not."""
    form = chosen.site_of(post, options)
    options = replace(options, conventions=options.conventions.of(form.name))
    head = alone or head_of(post, notebook, form, languages.language(post.lang), options)
    album = Album(
        options.pictures_folder, form.pictures_of(head, options.conventions), options.picture_format
    )
    view = _view(_talks(notebook, post), post, form, head, options, album)
    made = templates.rendered(chosen.style_of(post, options), view, options.styles_folder)
    made = per_talk.without_heading(made) if alone else _with_parts(made, notebook, post, options)
    addresses = [picture.address for picture in album.shown]
    export = finished(form, head, made, options.conventions, addresses)
    return replace(export, pictures=tuple(album.shown), missing=tuple(album.missing))


def _view(
    talks: list[Talk], post: Post, form: SiteForm, head: sites.Head, options: Options, album: Album
) -> PostView:
    """What a style is given."""
    intro = passages.passage(post.intro, raw_html=options.raw_html)
    closing = passages.passage(post.closing.strip(), raw_html=options.raw_html)
    manner = Manner(
        languages.language(post.lang),
        options.times or post.times,
        album,
        options.pictures_in_list,
        options.raw_html,
        around=frozenset({closing.first_bullet}),
    )
    return PostView(
        opening=form.opening(head),
        title=markdown.plain(head.title),
        date=markdown.plain_line(head.date_line),
        intro=intro,
        talks=[TalkView(talk, manner) for talk in talks],
        closing=closing,
        separator=options.title_separator,
        # Two lists with one sign would be a single list.
        bullet="*" if "-" in (intro.last_bullet, closing.first_bullet) else "-",
    )


def _with_parts(
    made: templates.Rendered, notebook: Notebook, post: Post, options: Options
) -> templates.Rendered:
    """Ends with links to the notebook's other parts that are published, where that is wanted."""
    if not options.part_links:
        return made
    others = [
        markdown.link(markdown.plain(other.title) or "…", other.published.url)
        for other in notebook.posts
        if other.id != post.id and other.published and links.is_public(other.published.url)
    ]
    return replace(made, text=f"{made.text}\n{' · '.join(others)}\n") if others else made


def finished(
    form: SiteForm,
    head: sites.Head,
    made: templates.Rendered,
    conventions: Conventions,
    addresses: Collection[str],
) -> Export:
    """The Markdown as the file that the site wants; `addresses` are those of the site's own files in it."""
    shown = made.text.lstrip("\n") or "\n"
    text = form.written(head, shown, conventions, addresses)
    above = 0 if form.page else form.above(head, conventions).count("\n")
    moved = above - (len(made.text) - len(shown))
    places = tuple(
        Place(place.part, 0 if place.part == "title" and moved else max(0, place.line + moved))
        for place in made.places
    )
    file = TextFile(form.file_name(head, conventions), text)
    return Export((file,), places=places, markdown=shown, dated=head.dated)


def post_of_all(notebook: Notebook, title_pattern: str = _DEFAULTS.title_pattern) -> Post:
    """The post of a notebook that has none: all talks with notes or a write-up."""
    event = notebook.title.strip() or _("Talks")
    title = title_pattern.replace("{event}", event).replace("{n}", str(len(notebook.posts) + 1))
    talks = tuple(talk.id for talk in notebook.talks if not views.is_left_out(talk))
    return Post(id="", title=title, lang=TAG, talks=talks)


def post_of_talk(notebook: Notebook, talk: Talk) -> Post:
    """The post of a single talk, in the style of the post that the talk stands in."""
    own = notebook.post_of(talk.id) or Post(id="")
    return replace(
        own, id="", title=views.title(talk), slug="", date="", intro="", closing="", talks=(talk.id,)
    )


def _talks(notebook: Notebook, post: Post) -> list[Talk]:
    """The post's talks that have something to say, in its order."""
    by_id = {talk.id: talk for talk in reversed(notebook.talks)}
    there = (by_id[talk_id] for talk_id in dict.fromkeys(post.talks) if talk_id in by_id)
    return [talk for talk in there if not views.is_left_out(talk)]
