"""The rows of the menu Talk, in the order in which it shows them."""

from __future__ import annotations

from desktopnotes.actions import (
    captions,
    downloads,
    public_link,
    relink,
    sources,
    talk,
    talk_data,
    talks_list,
    web,
)
from desktopnotes.commands.command import Command
from desktopnotes.words import _

COMMANDS: tuple[Command, ...] = (
    Command(
        "talk.add_files", _("Add Files…"), _("Add recordings that lie on this computer."), talk.add_files
    ),
    Command(
        "talk.add_folder",
        _("Add Folder…"),
        _("Add all recordings of a folder, in their order."),
        talk.add_folder,
    ),
    Command(
        "talk.add_web",
        _("Add from the Web…"),
        _("Add a talk, or those of a playlist or a conference, by the address of its page."),
        web.ask,
        ("Mod+Shift+O",),
    ),
    Command(
        "talk.next",
        _("Next Talk"),
        _("Open the talk below."),
        talk.next_one,
        ("Mod+PgDn",),
        enabled=talk.there_is_a_next,
        opens_group=True,
    ),
    Command(
        "talk.previous",
        _("Previous Talk"),
        _("Open the talk above."),
        talk.previous,
        ("Mod+PgUp",),
        enabled=talk.there_is_a_previous,
    ),
    Command(
        "talk.up",
        _("Move Talk Up"),
        _("Move the talk one place up: in a post its order in the post, elsewhere that in the notebook."),
        talks_list.up,
        ("Mod+Shift+PgUp",),
        enabled=talks_list.can_go_up,
    ),
    Command(
        "talk.down",
        _("Move Talk Down"),
        _("Move the talk one place down: in a post its order in the post, elsewhere that in the notebook."),
        talks_list.down,
        ("Mod+Shift+PgDn",),
        enabled=talks_list.can_go_down,
    ),
    Command(
        "talk.group",
        _("Group Talks by"),
        _(
            "Show the talks by their posts, by how far they are watched, by speakers, by tags, or in "
            "one list."
        ),
        talks_list.next_grouping,
        choices=talks_list.group_choices,
    ),
    Command(
        "talk.data",
        _("Talk's Data…"),
        _("Change the title, the speakers, the link, the file, the captions and the tags of the talk."),
        talk_data.show,
        ("Alt+Enter",),
        enabled=talk.one_is_open,
        opens_group=True,
    ),
    Command(
        "talk.rename",
        _("Rename Talk…"),
        _("Change the title and the speakers of the talk."),
        talk_data.show_title,
        enabled=talk.one_is_open,
    ),
    Command(
        "talk.link",
        _("Public Link…"),
        _("Say which page readers of the post open."),
        talk_data.show_link,
        enabled=talk.one_is_open,
    ),
    Command(
        "talk.mark_watched",
        _("Mark as Watched"),
        _("Say that the talk is watched, though its end was not played."),
        talks_list.mark_watched,
        enabled=talks_list.is_not_watched,
    ),
    Command(
        "talk.mark_to_watch",
        _("Mark as To Watch"),
        _("Put the talk among those to watch again; it begins at its beginning then."),
        talks_list.mark_to_watch,
        enabled=talks_list.is_begun,
    ),
    Command(
        "talk.open_link",
        _("Open Recording's Page"),
        _("Open the public page of the talk in the browser."),
        talk.open_link,
        enabled=talk.has_link,
    ),
    Command(
        "talk.open_at_second",
        _("Open in Browser at This Second"),
        _(
            "Open the public page of the talk at the moment on screen, or at that of the note under "
            "the caret."
        ),
        sources.open_at_second,
        ("Mod+Shift+B",),
        enabled=sources.has_page,
    ),
    Command(
        "talk.find_link",
        _("Find Public Link"),
        _("Look for the page of the recording in its file, beside it and in its name."),
        public_link.find,
        enabled=public_link.is_wanted,
    ),
    Command(
        "talk.attach",
        _("Attach a File…"),
        _("Play the talk from a file that you have, and keep its page as the public link."),
        sources.attach,
        enabled=sources.has_page,
    ),
    Command(
        "talk.detach",
        _("Play from the Page Again"),
        _("Let the talk play from its page; the file is not touched."),
        sources.detach,
        enabled=sources.has_both,
    ),
    Command(
        "talk.times",
        _("The File's Times and the Page's…"),
        _("Say which moment of the file is which of the page, so that links lead to the right second."),
        sources.times,
        enabled=sources.has_both,
    ),
    Command(
        "talk.find_file",
        _("Find Recording…"),
        _("Say where the recording lies now."),
        relink.find,
        enabled=talk.one_is_open,
    ),
    Command(
        "talk.take_similar",
        _("Is It This Recording?"),
        _("Play the talk from a recording that was found in place of the one that is not there."),
        relink.take_similar,
        enabled=relink.there_is_a_similar,
    ),
    Command(
        "talk.download",
        _("Download"),
        _("Load the talk's recording to this computer, where it plays without the web."),
        downloads.download,
        ("Mod+Shift+L",),
        enabled=downloads.one_is_from_the_web,
        opens_group=True,
    ),
    Command(
        "talk.download_all",
        _("Download All Talks"),
        _("Load all recordings of this notebook that are not on this computer yet."),
        downloads.download_all,
        enabled=downloads.some_are_from_the_web,
    ),
    Command(
        "talk.downloads",
        _("Downloads…"),
        _("Show what is being downloaded: pause it, cancel it, try it again."),
        downloads.show,
        ("Mod+Shift+J",),
    ),
    Command(
        "talk.captions",
        _("Captions…"),
        _("Say which file holds the captions, where others are found than you want."),
        captions.choose,
        enabled=talk.one_is_open,
    ),
    Command(
        "talk.remove",
        _("Remove Talk"),
        _("Take the talk out of the notebook; its recording stays where it is."),
        talk.remove,
        enabled=talk.one_is_open,
        opens_group=True,
    ),
)
