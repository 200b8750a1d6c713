"""What is said of backups: how many notes and talks they have, and what restoring one would do."""

from __future__ import annotations

from desktopnotes.actions.backups import Seen
from desktopnotes.model.comparing import Comparison, What
from desktopnotes.words import _, ngettext, number


def notes_of(count: int) -> str:
    return ngettext("{count} note", "{count} notes", count).format(count=number(count))


def talks_of(count: int) -> str:
    return ngettext("{count} talk", "{count} talks", count).format(count=number(count))


def sentence(seen: Seen) -> str:
    """What restoring all of it would do."""
    comparison = seen.comparison
    if seen.now is None:
        notes = sum(len(talk.notes) for talk in seen.then.talks)
        said = [
            _(
                "The notebook is gone or cannot be read. This backup has {notes} in {talks}. "
                "Restoring writes the file anew; what is there is kept."
            ).format(notes=notes_of(notes), talks=talks_of(len(seen.then.talks)))
        ]
    elif comparison.is_same:
        said = [_("It is as the notebook is now.")]
    else:
        said = [_("Restoring all of it: {changes}.").format(changes=_changes(comparison))]
    if seen.missing:
        said.append(
            ngettext(
                "{count} picture of what would come back cannot be found.",
                "{count} pictures of what would come back cannot be found.",
                len(seen.missing),
            ).format(count=number(len(seen.missing)))
        )
    return " ".join(said)


def _changes(comparison: Comparison) -> str:
    back, gone, changed = (comparison.count(what) for what in (What.BACK, What.GONE, What.CHANGED))
    said = []
    if back:
        said.append(
            ngettext("{count} note comes back", "{count} notes come back", back).format(count=number(back))
        )
    if gone:
        said.append(ngettext("{count} note goes", "{count} notes go", gone).format(count=number(gone)))
    if changed:
        said.append(
            ngettext("{count} note is as then again", "{count} notes are as then again", changed).format(
                count=number(changed)
            )
        )
    talks = sum(bool(each.fields) for each in comparison.talks)
    if talks:
        said.append(
            ngettext(
                "{count} talk is changed beside the notes",
                "{count} talks are changed beside the notes",
                talks,
            ).format(count=number(talks))
        )
    if any(comparison.posts.values()) or comparison.fields:
        said.append(_("parts or the notebook’s title change"))
    return ", ".join(said) or _("notes change their places")
