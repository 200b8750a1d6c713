"""A recording that is not where it was: looked for by name and length on a thread, used where it is sure."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from desktopnotes.actions import notes
from desktopnotes.media.background import Progress
from desktopnotes.media.player import PlayerState
from desktopnotes.media.source import check_source
from desktopnotes.model import findings, talk_edits
from desktopnotes.model.errors import UserError
from desktopnotes.model.notebook import Notebook, Talk
from desktopnotes.screen import Offer
from desktopnotes.session import Session
from desktopnotes.sources import file_of
from desktopnotes.storage import moved, paths
from desktopnotes.storage.moved import Place, Seen
from desktopnotes.storage.store import Store
from desktopnotes.words import _, ngettext

_SAME_NAME_MS = 2000
"""Two copies of one recording may differ by so much: a frame, a faded end."""

_SAME_LENGTH_MS = 500
"""Of a file with another name less is believed."""

_LENGTHS_READ = 200
_MOST_SIMILAR = 4


@dataclass(frozen=True, slots=True)
class Outcome:
    """`found` is where recordings surely lie now, by talks' ids; `similar` are some for the open talk."""

    found: Mapping[str, Path] = field(default_factory=dict)
    similar: tuple[Path, ...] = ()


# --- by itself ---------------------------------------------------------------------------------------


def look(session: Session) -> None:
    """Looks for the recording of the open talk where that is not there, and for those that lay beside it."""
    talk, lost = session.talk, session.loader.lost
    key = (str(session.path), session.talk_id, talk.file if talk else "")
    if talk is None or not talk.file or key in lost.left_alone or lost.looking == key:
        return
    lost.looking = key
    places = _extra_places(session)
    search = partial(_search, session.notebook, session.store, talk.id, places)
    session.background.run(search, partial(_take, session, key), failed=partial(_gave_up, session, key))


def _extra_places(session: Session) -> tuple[Place, ...]:
    return (
        Place(paths.downloads_folder(session.settings.downloads_folder), 2),
        Place(paths.incoming_folder(), 1),
    )


def _gave_up(session: Session, key: tuple[str, str, str], error: Exception) -> None:
    _done(session, key)
    raise error


def _done(session: Session, key: tuple[str, str, str]) -> None:
    if session.loader.lost.looking == key:
        session.loader.lost.looking = None


def _take(session: Session, key: tuple[str, str, str], outcome: Outcome) -> None:
    """Uses what is surely it, as a thing that was found out; what is only similar is offered."""
    _done(session, key)
    path, talk_id, file = key
    now = session.notebook.talk(talk_id)
    if str(session.path) != path or now is None or now.file != file:
        return
    session.loader.lost.similar = (key, outcome.similar)
    if not outcome.found:
        return
    before = session.notebook
    files = {each: session.store.relative(place) for each, place in outcome.found.items()}
    old = {each: talk.file for each in files if (talk := before.talk(each))}
    session.find_out(partial(findings.found_again, old=old, new=files), save=True)
    if talk_id == session.talk_id and session.player.state in (PlayerState.FAILED, PlayerState.NOTHING):
        session.reload()
    shown = outcome.found.get(talk_id) or next(iter(outcome.found.values()))
    others = len(files) - 1
    told = _("“{name}” was found in {folder}.")
    if others:
        told = ngettext(
            "“{name}” was found in {folder}, and {n} more of the same folder.",
            "“{name}” was found in {folder}, and {n} more of the same folder.",
            others,
        )
    session.screen.tell(
        told.format(name=shown.name, folder=paths.shown_folder(shown.parent), n=others),
        Offer(_("Undo"), partial(_put_back, session, old, files)),
        lasting=True,
    )


def _put_back(session: Session, old: Mapping[str, str], new: Mapping[str, str]) -> None:
    """The user says that it is not the recording: it is not looked for again while the program runs."""
    before = session.talk
    still = {each: old[each] for each in new if _file_named(session.notebook, each) == new[each]}
    session.loader.lost.left_alone |= {(str(session.path), each, file) for each, file in still.items()}
    session.do(_("Put Recording Back"), talk_edits.set_files(session.notebook, still))
    session.play_as_it_is_now(before)
    session.save_now()


def _file_named(notebook: Notebook, talk_id: str) -> str:
    talk = notebook.talk(talk_id)
    return talk.file if talk else ""


# --- on the thread -----------------------------------------------------------------------------------


def _search(
    notebook: Notebook, store: Store, talk_id: str, extra: Sequence[Place], progress: Progress
) -> Outcome:
    open_one = notebook.talk(talk_id)
    old = file_of(open_one, store) if open_one else None
    if old is None or _exists(old):
        return Outcome()
    files = {talk.id: file for talk in notebook.talks if (file := file_of(talk, store))}
    missing = {each: file for each, file in files.items() if file.parent == old.parent and not _exists(file)}
    there = [file for file in files.values() if file.parent != old.parent]
    places = [
        Place(old.parent, 1),
        Place(store.path.parent, 3),
        *(Place(folder, 1) for folder in dict.fromkeys(file.parent for file in there)),
        *extra,
        *([Place(old.parent.parent, 1)] if old.parent.parent != old.parent else []),
    ]
    seen = moved.look(places, {file.name for file in missing.values()}, progress.check)
    talks = {talk.id: talk for talk in notebook.talks}
    found: dict[str, Path] = {}
    similar: tuple[Path, ...] = ()
    for each, file in missing.items():
        progress.check()
        sure, maybe = _by_name(seen.named.get(file.name.casefold(), []), talks[each].duration_ms)
        if sure:
            found[each] = sure
        elif each == talk_id:
            similar = maybe
    if talk_id in found:
        found |= _as_before(files, talk_id, found[talk_id], found)
    elif not similar:
        used = {str(file) for file in (*files.values(), *found.values())}
        similar = _by_length(talks[talk_id], old, seen, used, progress.check)
    return Outcome(found, similar[:_MOST_SIMILAR])


def _exists(file: Path) -> bool:
    return os.path.exists(file)  # False where that cannot be known, too


def _by_name(candidates: Sequence[Path], duration_ms: int) -> tuple[Path | None, tuple[Path, ...]]:
    """The one that is surely it, else those that may be: of one name, and of its length as far as known."""
    playable = [file for file in candidates if _plays(file)]
    fitting = [file for file in playable if _fits(file, duration_ms)]
    sizes = {os.path.getsize(file) for file in fitting if _exists(file)}
    if fitting and (len(fitting) == 1 or len(sizes) == 1):
        return fitting[0], ()
    return None, tuple(fitting or playable)


def _plays(file: Path) -> bool:
    try:
        check_source(file)
    except UserError:
        return False
    return True


def _fits(file: Path, duration_ms: int) -> bool:
    length_ms = _length_ms(file)
    return not duration_ms or not length_ms or abs(length_ms - duration_ms) <= _SAME_NAME_MS


def _length_ms(file: Path) -> int:
    from desktopnotes.media import frames  # heavy: reads the file with PyAV

    return frames.read_label(file).duration_ms


def _as_before(
    files: Mapping[str, Path], talk_id: str, new: Path, found: Mapping[str, Path]
) -> dict[str, Path]:
    """Where the others of the notebook lie, if all of them went the way of the one that was found."""
    old = files[talk_id].parent
    moved_along: dict[str, Path] = {}
    for each, file in files.items():
        if each in found or _exists(file):
            continue
        place = Path(os.path.normpath(new.parent / os.path.relpath(file, old)))
        if _exists(place) and _plays(place):
            moved_along[each] = place
    return moved_along


def _by_length(
    talk: Talk, old: Path, seen: Seen, used: set[str], check: Callable[[], None]
) -> tuple[Path, ...]:
    """Recordings of another name that are as long; those with its suffix are looked at first."""
    if not talk.duration_ms:
        return ()
    found: list[Path] = []
    candidates = [file for file in seen.media if str(file) not in used]
    candidates.sort(key=lambda file: file.suffix.lower() != old.suffix.lower())
    for file in candidates[:_LENGTHS_READ]:
        check()
        if len(found) < _MOST_SIMILAR and _plays(file):
            length_ms = _length_ms(file)
            if length_ms and abs(length_ms - talk.duration_ms) <= _SAME_LENGTH_MS:
                found.append(file)
    return tuple(dict.fromkeys(found))


# --- by hand -----------------------------------------------------------------------------------------


def is_looking(session: Session) -> bool:
    looking = session.loader.lost.looking
    return looking is not None and looking[:2] == (str(session.path), session.talk_id)


def similar(session: Session) -> tuple[Path, ...]:
    """Recordings that may be that of the open talk."""
    talk = session.talk
    key, files = session.loader.lost.similar
    return files if talk and key == (str(session.path), talk.id, talk.file) else ()


def there_is_a_similar(session: Session) -> bool:
    return bool(similar(session))


def take_similar(session: Session) -> None:
    """Uses the recording that may be it; of several the user chooses one."""
    files = similar(session)
    if not files:
        return
    if len(files) == 1:
        use(session, files[0])
        return
    line = _("“{name}” in {folder}")
    detail = "\n".join(line.format(name=file.name, folder=paths.shown_folder(file.parent)) for file in files)
    answers = [*(file.name for file in files), _("None of Them")]
    chosen = session.screen.ask_choice(_("Which of them is the recording?"), detail, answers)
    if chosen is not None and chosen < len(files):
        use(session, files[chosen])


def find(session: Session) -> None:
    """Asks where the recording lies, and plays it from there."""
    files = session.screen.ask_files(_("Where Is the Recording?"), "media") if session.talk else ()
    if files:
        use(session, files[0])


def use(session: Session, file: Path) -> None:
    """Plays the open talk from `file`; talks whose files lay beside the old one are found beside it, too.

    All of that is one step. Raises `UserError` where it cannot be played.
    """
    check_source(file)
    talk = session.talk
    if talk is None:
        return
    notes.end(session)
    files = {talk.id: session.store.relative(file.absolute())}
    old = file_of(talk, session.store)
    if old is not None and old.parent != file.parent and not _exists(old):
        files |= _beside(session, old.parent, file.absolute().parent)
    session.do(_("Find Recording"), talk_edits.set_files(session.notebook, files))
    session.open_talk(talk.id)
    session.save_now()
    if others := len(files) - 1:
        told = ngettext(
            "With it, one more recording of the same folder was found.",
            "With it, {n} more recordings of the same folder were found.",
            others,
        )
        session.screen.tell(told.format(n=others))


def _beside(session: Session, old: Path, new: Path) -> dict[str, str]:
    """Talks whose files are gone from the old folder and lie by the same names in the new one."""
    left, came = _names(old), _names(new)
    found: dict[str, str] = {}
    for talk in session.notebook.talks:
        file = file_of(talk, session.store)
        is_lost = file is not None and file.parent == old and file.name not in left
        if file is not None and is_lost and file.name in came and talk.id != session.talk_id:
            found[talk.id] = session.store.relative(new / file.name)
    return found


def _names(folder: Path) -> frozenset[str]:
    try:
        return frozenset(os.listdir(folder))
    except OSError:
        return frozenset()
