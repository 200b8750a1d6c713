"""The rows of the menu Talk, in the order in which it shows them."""

from __future__ import annotations

from desktopnotes.actions import captions, downloads, public_link, sources, talk, web
from desktopnotes.commands.command import Command

COMMANDS: tuple[Command, ...] = (
    Command("talk.add_files", "Add Files…", "Add recordings that lie on this computer.", talk.add_files),
    Command(
        "talk.add_folder", "Add Folder…", "Add all recordings of a folder, in their order.", talk.add_folder
    ),
    Command(
        "talk.add_web",
        "Add from the Web…",
        "Add a talk, or those of a playlist or a conference, by the address of its page.",
        web.ask,
        ("Mod+Shift+O",),
    ),
    Command(
        "talk.next",
        "Next Talk",
        "Open the talk below.",
        talk.next_one,
        ("Mod+PgDn",),
        enabled=talk.there_is_a_next,
        opens_group=True,
    ),
    Command(
        "talk.previous",
        "Previous Talk",
        "Open the talk above.",
        talk.previous,
        ("Mod+PgUp",),
        enabled=talk.there_is_a_previous,
    ),
    Command(
        "talk.rename",
        "Rename Talk…",
        "Change the title and the speakers of the talk.",
        talk.rename,
        enabled=talk.one_is_open,
        opens_group=True,
    ),
    Command(
        "talk.link",
        "Public Link…",
        "Say which page readers of the post open.",
        talk.set_link,
        enabled=talk.one_is_open,
    ),
    Command(
        "talk.open_link",
        "Open Recording's Page",
        "Open the public page of the talk in the browser.",
        talk.open_link,
        enabled=talk.has_link,
    ),
    Command(
        "talk.open_at_second",
        "Open in Browser at This Second",
        "Open the public page of the talk at the moment on screen, or at that of the note under the caret.",
        sources.open_at_second,
        ("Mod+Shift+B",),
        enabled=sources.has_page,
    ),
    Command(
        "talk.find_link",
        "Find Public Link",
        "Look for the page of the recording in its file, beside it and in its name.",
        public_link.find,
        enabled=public_link.is_wanted,
    ),
    Command(
        "talk.attach",
        "Attach a File…",
        "Play the talk from a file that you have, and keep its page as the public link.",
        sources.attach,
        enabled=sources.has_page,
    ),
    Command(
        "talk.detach",
        "Play from the Page Again",
        "Let the talk play from its page; the file is not touched.",
        sources.detach,
        enabled=sources.has_both,
    ),
    Command(
        "talk.times",
        "The File's Times and the Page's…",
        "Say which moment of the file is which of the page, so that links lead to the right second.",
        sources.times,
        enabled=sources.has_both,
    ),
    Command(
        "talk.find_file",
        "Find Recording…",
        "Say where the recording lies now.",
        talk.find_file,
        enabled=talk.one_is_open,
    ),
    Command(
        "talk.download",
        "Download",
        "Load the talk's recording to this computer, where it plays without the web.",
        downloads.download,
        ("Mod+Shift+L",),
        enabled=downloads.one_is_from_the_web,
        opens_group=True,
    ),
    Command(
        "talk.download_all",
        "Download All Talks",
        "Load all recordings of this notebook that are not on this computer yet.",
        downloads.download_all,
        enabled=downloads.some_are_from_the_web,
    ),
    Command(
        "talk.downloads",
        "Downloads…",
        "Show what is being downloaded: pause it, cancel it, try it again.",
        downloads.show,
        ("Mod+Shift+J",),
    ),
    Command(
        "talk.captions",
        "Captions…",
        "Say which file holds the captions, where others are found than you want.",
        captions.choose,
        enabled=talk.one_is_open,
    ),
    Command(
        "talk.remove",
        "Remove Talk",
        "Take the talk out of the notebook; its recording stays where it is.",
        talk.remove,
        enabled=talk.one_is_open,
        opens_group=True,
    ),
)
