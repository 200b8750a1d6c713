"""The one table of commands: menus, keys, palette, tooltips and the keys page are all drawn from it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from desktopnotes.actions import (
    captions,
    downloads,
    edit,
    file,
    help,
    notes,
    pausing,
    playback,
    post,
    public_link,
    quality,
    reaction,
    sources,
    talk,
    tracks,
    view,
    web,
)
from desktopnotes.actions.choice import Choice
from desktopnotes.model.notebook import Kind, Style, Times
from desktopnotes.session import Session

MENUS = {
    "file": "File",
    "edit": "Edit",
    "view": "View",
    "playback": "Playback",
    "notes": "Notes",
    "talk": "Talk",
    "post": "Post",
    "help": "Help",
}
"""The menus in their order: what stands before the dot of a command's id, and the word shown."""


def always(_: Session) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Command:
    """Something the user can do.

    `keys` work in the whole main window; `video_keys` are bare ones that work only while the video or the
    time line has the focus. "Mod" is Ctrl, on macOS Command. `field_keys_win`: in a field that is not part
    of the notebook (find, palette) the key belongs to the field. `opens_group`: a line stands above it in
    its menu.

    `checked` says whether what it switches or chooses is so now: its menu shows a mark. `choices` are what it
    chooses from: a menu of its own shows them, while `run` takes the next one. `says` is its label where that
    depends on the session. `within` is the id of the command with `choices` below which it stands.
    """

    id: str
    label: str
    help: str
    run: Callable[[Session], None]
    keys: tuple[str, ...] = ()
    video_keys: tuple[str, ...] = ()
    enabled: Callable[[Session], bool] = always
    field_keys_win: bool = False
    opens_group: bool = False
    checked: Callable[[Session], bool] | None = None
    choices: Callable[[Session], tuple[Choice, ...]] | None = None
    says: Callable[[Session], str] | None = None
    within: str = ""

    def label_in(self, session: Session) -> str:
        return self.says(session) if self.says else self.label

    @property
    def menu(self) -> str:
        return self.id.split(".")[0]


def _kind(number: int, kind: Kind, label: str, help_text: str) -> Command:
    return Command(
        f"notes.kind_{kind}",
        label,
        help_text,
        partial(notes.set_kind, kind=kind),
        (f"Mod+Alt+{number}",),
        enabled=notes.one_is_under_the_caret,
        opens_group=number == 1,
        checked=partial(notes.is_kind, kind=kind),
    )


def _theme(name: str, label: str, help_text: str) -> Command:
    return Command(
        f"view.{name}",
        label,
        help_text,
        partial(view.set_theme, name=name),
        opens_group=name == "light",
        checked=partial(view.is_theme, name=name),
    )


COMMANDS: tuple[Command, ...] = (
    Command("file.new", "New Notebook…", "Make an empty notebook for another event.", file.new, ("Mod+N",)),
    Command(
        "file.open",
        "Open Notebook…",
        "Open a notebook that lies on this computer.",
        file.open_one,
        ("Mod+O",),
    ),
    Command(
        "file.rename", "Rename Notebook…", "Give the notebook another title.", file.rename, opens_group=True
    ),
    Command(
        "file.show_folder", "Show in Folder", "Open the folder that the notebook lies in.", file.show_folder
    ),
    Command(
        "file.save",
        "Save Now",
        "Save at once; everything is saved by itself a second after the last key.",
        file.save,
        ("Mod+S",),
    ),
    Command(
        "file.quit",
        "Quit",
        "Save everything and close the window.",
        file.quit_program,
        ("Mod+Q",),
        opens_group=True,
    ),
    Command(
        "edit.undo",
        "Undo",
        "Take back the last thing you did.",
        edit.undo,
        ("Mod+Z",),
        enabled=edit.can_undo,
        field_keys_win=True,
    ),
    Command(
        "edit.redo",
        "Redo",
        "Do again what was taken back.",
        edit.redo,
        ("Mod+Shift+Z", "Mod+Y"),
        enabled=edit.can_redo,
        field_keys_win=True,
    ),
    Command("edit.cut", "Cut", "Move what is selected to the clipboard.", edit.cut, opens_group=True),
    Command("edit.copy", "Copy", "Copy what is selected to the clipboard.", edit.copy),
    Command(
        "edit.paste",
        "Paste",
        "Put in what is on the clipboard; on the video or the talks, add the talk whose address is there.",
        edit.paste,
        video_keys=("Mod+V",),
    ),
    Command(
        "edit.select",
        "Select Note, Then All",
        "Choose the note under the caret, and pressed again all of them.",
        edit.select,
        ("Mod+A",),
        field_keys_win=True,
    ),
    Command(
        "edit.keys",
        "Change Keys…",
        "Give commands other keys.",
        edit.key_settings,
        opens_group=True,
    ),
    Command(
        "view.palette",
        "Find a Command…",
        "Run any command by typing a part of its name.",
        view.palette,
        ("Mod+Shift+P",),
    ),
    Command(
        "view.other_text",
        "Notes or Write-up",
        "Go between the notes and the write-up of the talk.",
        view.other_text,
        ("F4",),
        opens_group=True,
    ),
    Command("view.next_pane", "Next Pane", "Go to the next pane of the window.", view.next_pane, ("Tab",)),
    Command(
        "view.previous_pane",
        "Previous Pane",
        "Go to the previous pane of the window.",
        view.previous_pane,
        ("Shift+Tab",),
    ),
    Command("view.talks", "Talks Pane", "Show or hide the list of talks.", view.talks_pane, opens_group=True),
    Command("view.write_up", "Write-up Pane", "Show or hide the write-up.", view.write_up_pane),
    Command("view.notes", "Notes Pane", "Show or hide the page of notes.", view.notes_pane),
    Command("view.focus", "Focus Mode", "Leave only the video and the page.", view.focus_mode, ("F9",)),
    Command(
        "view.full_screen",
        "Full Screen",
        "Let the video fill the screen, and back.",
        view.full_screen,
        ("F11",),
        ("F",),
    ),
    Command(
        "view.follow",
        "Follow the Talk",
        "Let the page scroll with the talk while you do not write.",
        view.follow,
        opens_group=True,
        checked=view.follows,
    ),
    Command("view.larger", "Larger Text", "Make all text larger.", view.larger_text, ("Mod+Plus", "Mod+=")),
    Command("view.smaller", "Smaller Text", "Make all text smaller.", view.smaller_text, ("Mod+-",)),
    _theme("light", "Light", "Dark text on a light window."),
    _theme("dark", "Dark", "Light text on a dark window."),
    _theme("system", "Like the System", "Light or dark as the desktop is."),
    Command(
        "playback.toggle",
        "Play or Pause",
        "Play the talk, or pause it, without leaving the text.",
        playback.toggle,
        ("Mod+Space", "Esc"),
        ("Space", "K"),
        enabled=playback.one_is_loaded,
    ),
    Command(
        "playback.back",
        "Back 5 Seconds",
        "Hear the last seconds again.",
        playback.back,
        ("Mod+J",),
        ("Left", "J"),
        enabled=playback.one_is_loaded,
        says=playback.back_label,
    ),
    Command(
        "playback.forward",
        "Forward 5 Seconds",
        "Skip some seconds.",
        playback.forward,
        ("Mod+L",),
        ("Right", "L"),
        enabled=playback.one_is_loaded,
        says=playback.forward_label,
    ),
    Command(
        "playback.previous_frame",
        "Frame Back",
        "Pause, and show the frame before.",
        playback.previous_frame,
        ("Mod+,",),
        (",",),
        enabled=playback.one_is_loaded,
    ),
    Command(
        "playback.next_frame",
        "Frame Forward",
        "Pause, and show the next frame.",
        playback.next_frame,
        ("Mod+.",),
        (".",),
        enabled=playback.one_is_loaded,
    ),
    Command(
        "playback.slower",
        "Slower",
        "Play more slowly.",
        playback.slower,
        ("Mod+[", "F6"),
        ("[",),
        enabled=playback.one_is_loaded,
        opens_group=True,
    ),
    Command(
        "playback.faster",
        "Faster",
        "Play faster.",
        playback.faster,
        ("Mod+]", "F7"),
        ("]",),
        enabled=playback.one_is_loaded,
    ),
    Command(
        "playback.normal",
        "Normal Speed",
        "Play at the speed of the recording.",
        playback.normal_speed,
        ("Mod+\\", "F8"),
        ("Backspace",),
        enabled=playback.one_is_loaded,
    ),
    Command(
        "playback.louder",
        "Louder",
        "Turn the sound up.",
        playback.louder,
        ("Mod+Shift+Up",),
        ("Plus",),
        opens_group=True,
    ),
    Command(
        "playback.softer", "Softer", "Turn the sound down.", playback.softer, ("Mod+Shift+Down",), ("-",)
    ),
    Command(
        "playback.mute",
        "Mute",
        "Turn the sound off or on.",
        playback.mute,
        ("Mod+M",),
        ("M",),
        checked=playback.is_muted,
    ),
    Command(
        "playback.audio",
        "Audio Track",
        "Hear another of the recording's sound tracks.",
        tracks.next_audio,
        (),
        ("B",),
        enabled=tracks.there_is_audio,
        opens_group=True,
        choices=tracks.audio,
    ),
    Command(
        "playback.subtitles",
        "Subtitle Track",
        "Show other subtitles of the recording, or none.",
        tracks.next_subtitle,
        (),
        ("V",),
        enabled=tracks.there_are_subtitles,
        choices=tracks.subtitles,
    ),
    Command(
        "playback.quality",
        "Quality",
        "How tall a picture is asked of web pages; less for a slow connection.",
        quality.take_next_one,
        choices=quality.choices,
    ),
    Command(
        "playback.try_again",
        "Try Again",
        "Ask the page of the talk once more, and play on where it was left.",
        web.try_again,
        enabled=web.can_try_again,
        opens_group=True,
    ),
    Command(
        "playback.cancel_opening",
        "Cancel Opening",
        "Wait no longer for the page that is being opened.",
        web.cancel_opening,
        enabled=web.is_opening,
    ),
    Command(
        "playback.step_back",
        "Step Back on Resume",
        "After a pause, play on from a little before where it stopped.",
        playback.next_step_back,
        opens_group=True,
        choices=playback.step_back_choices,
    ),
    Command(
        "playback.captions",
        "What Was Just Said",
        "Show the captions of the last 15 seconds over the picture, without stopping it.",
        captions.show,
        ("Mod+Shift+U",),
        enabled=playback.one_is_loaded,
        opens_group=True,
    ),
    Command(
        "notes.stamp",
        "New Note Here",
        "Start a note stamped with the moment on screen.",
        notes.stamp,
        ("Mod+T",),
        ("T",),
        enabled=notes.a_talk_is_open,
    ),
    Command(
        "notes.restamp",
        "Restamp",
        "Give the note under the caret the moment on screen.",
        notes.restamp,
        ("Mod+Shift+T",),
        enabled=notes.one_is_under_the_caret,
    ),
    Command(
        "notes.edit_stamp",
        "Change Stamp…",
        "Type another time for the note under the caret.",
        notes.edit_stamp,
        ("F2",),
        enabled=notes.one_is_under_the_caret,
    ),
    Command(
        "notes.jump",
        "Show Its Moment",
        "Show the moment that the note under the caret is about.",
        notes.jump,
        ("Mod+Enter",),
        ("Enter",),
        enabled=notes.there_are_some,
    ),
    Command(
        "notes.previous",
        "Previous Note",
        "Go to the note above; from the video, show its moment.",
        notes.previous,
        ("Mod+Up",),
        ("Up",),
        enabled=notes.there_are_some,
        opens_group=True,
    ),
    Command(
        "notes.next",
        "Next Note",
        "Go to the note below; from the video, show its moment.",
        notes.next_one,
        ("Mod+Down",),
        ("Down",),
        enabled=notes.there_are_some,
    ),
    Command(
        "notes.snapshot",
        "Snapshot",
        "Keep the picture on screen in the note under the caret.",
        notes.snapshot,
        ("Mod+D",),
        ("S",),
        enabled=playback.one_is_loaded,
        field_keys_win=True,
        opens_group=True,
    ),
    Command(
        "notes.caption_quote",
        "Quote What Was Said",
        "Take the sentence just finished as a quote; again, the one before it too.",
        captions.quote,
        ("Mod+U",),
        ("Q",),
        enabled=notes.a_talk_is_open,
        field_keys_win=True,
    ),
    Command(
        "notes.keep_caption",
        "Caption in the Note",
        "Keep in the note what was said at its moment; where it keeps that, drop it.",
        captions.keep,
        enabled=notes.one_is_under_the_caret,
    ),
    Command(
        "notes.write_up",
        "Add to Write-up",
        "Add the note under the caret, or the chosen ones, to the write-up as prose.",
        talk.add_to_write_up,
        ("Mod+Shift+Enter",),
        enabled=notes.there_are_some,
    ),
    Command(
        "notes.split",
        "Split Note",
        "Make two notes of one, at the caret.",
        notes.split,
        ("Mod+Shift+S",),
        enabled=notes.one_is_under_the_caret,
        opens_group=True,
    ),
    Command(
        "notes.delete",
        "Delete Note",
        "Delete the note under the caret, or the chosen ones.",
        notes.delete,
        ("Mod+Shift+Backspace",),
        enabled=notes.one_is_under_the_caret,
    ),
    _kind(1, Kind.THOUGHT, "Thought", "Make the note a thought of your own."),
    _kind(2, Kind.QUOTE, "Quote", "Make the note something the speaker said, word for word."),
    _kind(3, Kind.QUESTION, "Question", "Make the note an open question."),
    _kind(4, Kind.LINK, "Link", "Make the note an address to keep."),
    _kind(5, Kind.CHAPTER, "Chapter", "Make the note the heading of a part of the talk."),
    _kind(6, Kind.PRIVATE, "Private", "Keep the note to yourself: it never leaves the notebook."),
    Command(
        "notes.react",
        "Reaction Time",
        "How long before its first key a note is stamped, since you heard it before you typed.",
        reaction.choose_next,
        opens_group=True,
        choices=reaction.choices,
    ),
    Command(
        "notes.react_less",
        "Shorter Reaction Time",
        "Stamp notes half a second nearer to the key.",
        reaction.less,
        ("Shift+F6",),
        within="notes.react",
    ),
    Command(
        "notes.react_more",
        "Longer Reaction Time",
        "Stamp notes half a second further before the key.",
        reaction.more,
        ("Shift+F7",),
        within="notes.react",
    ),
    Command(
        "notes.react_off",
        "Stamp at the Key",
        "Stamp notes with the moment of their first key itself.",
        reaction.off,
        ("Shift+F8",),
        within="notes.react",
        checked=reaction.is_off,
    ),
    Command(
        "notes.pause_while_writing",
        "Pause While Writing",
        "Pause the talk while you write a note, and play on when you end it.",
        pausing.switch,
        checked=pausing.is_on,
    ),
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
    Command(
        "post.export",
        "Export to Markdown…",
        "Write the post of the talk to a file, with its pictures.",
        post.export,
        ("Mod+E",),
        enabled=post.there_is_something,
    ),
    Command(
        "post.copy",
        "Copy as Markdown",
        "Put the post of the talk on the clipboard.",
        post.copy,
        enabled=post.there_is_something,
    ),
    Command(
        "post.details",
        "Title and Introduction…",
        "Write the title, date, introduction and closing of the post.",
        post.details,
        enabled=post.there_is_something,
        opens_group=True,
    ),
    Command(
        "post.list",
        "Style: List",
        "One list item for each talk, written as prose.",
        post.set_list,
        enabled=post.there_is_something,
        checked=partial(post.has_style, style=Style.LIST),
        opens_group=True,
    ),
    Command(
        "post.timeline",
        "Style: Timeline",
        "A heading for each talk, and a line with its time for each note.",
        post.set_timeline,
        enabled=post.there_is_something,
        checked=partial(post.has_style, style=Style.TIMELINE),
    ),
    Command(
        "post.times_none",
        "No Times",
        "Leave the times of notes out of the prose.",
        post.times_none,
        enabled=post.there_is_something,
        checked=partial(post.has_times, times=Times.NONE),
        opens_group=True,
    ),
    Command(
        "post.times_inline",
        "Times in the Text",
        "Put each note's time into the prose as a link.",
        post.times_inline,
        enabled=post.there_is_something,
        checked=partial(post.has_times, times=Times.INLINE),
    ),
    Command(
        "post.times_superscript",
        "Times as Superscript",
        "Put each note's time above the line as a small link.",
        post.times_superscript,
        enabled=post.there_is_something,
        checked=partial(post.has_times, times=Times.SUPERSCRIPT),
    ),
    Command(
        "help.update_yt_dlp",
        "Update yt-dlp…",
        "Show how to install or update what reads web pages.",
        help.update_yt_dlp,
    ),
    Command("help.keys", "Keys", "Show what each key does.", help.keys, ("F1",)),
    Command(
        "help.about", "About Desktop Notes", "Show the versions of the program and its parts.", help.about
    ),
)


def keys_of(command: Command, changed: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """The command's keys in the whole window: the user's own where the settings have some."""
    return tuple(changed.get(command.id, command.keys))


def by_id(command_id: str) -> Command:
    return next(command for command in COMMANDS if command.id == command_id)
