"""The words of the program and what they are in other languages: found in the code, kept in .po, compiled.

    python packaging/words.py compile     each .po into the .mo beside it, which the program reads
    python packaging/words.py update [FRAGMENT.po…] each .po after the code: new words come in, gone ones go,
                                                    translations of fragments (of the language that they
                                                    name) are taken over; compiles, tells what is missing
    python packaging/words.py new LANGUAGE          an empty .po of a language more
    python packaging/words.py pot FILE              the words of the code alone, for tools of translators

`compile` needs nothing but Python, as it is done wherever the program is installed; the others need Babel.
"""

from __future__ import annotations

import ast
import re
import struct
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog

REPO = Path(__file__).resolve().parent.parent
PACKAGE = REPO / "desktopnotes"
LOCALE = PACKAGE / "locale"
BELOW = Path("LC_MESSAGES", "desktopnotes.po")


def files(locale: Path = LOCALE) -> list[Path]:
    """The .po of every language."""
    return sorted(locale.glob(f"*/{BELOW}"))


# --- compiling ---------------------------------------------------------------------------------------


def compile_all(locale: Path = LOCALE) -> None:
    """Makes each .mo anew whose .po differs from what it was made of."""
    for path in files(locale):
        made = compiled(path.read_text(encoding="utf-8"))
        target = path.with_suffix(".mo")
        if not target.exists() or target.read_bytes() != made:
            half = target.with_suffix(".tmp")
            half.write_bytes(made)
            half.replace(target)
        else:
            target.touch()  # else a .po that is newer and says the same would be compiled at every start


def compiled(po: str) -> bytes:
    """What a .mo holds for the text of a .po: the same bytes for the same words; ValueError where it is none.

    Messages without a translation and fuzzy ones are left out: they stay English.
    """
    messages = dict(sorted((key.encode(), said.encode()) for key, said in _messages(po)))
    count = len(messages)
    start = 7 * 4 + 16 * count
    tables: list[int] = []
    body = b""
    for texts in (messages.keys(), messages.values()):
        for text in texts:
            tables += (len(text), start + len(body))
            body += text + b"\0"
    head = (0x950412DE, 0, count, 28, 28 + 8 * count, 0, 0)
    return struct.pack(f"<{7 + len(tables)}I", *head, *tables) + body


_LINE = re.compile(r'(?:(msgctxt|msgid_plural|msgid|msgstr)(?:\[(\d+)\])? *)?("(?:[^"\\]|\\.)*")')


def _messages(po: str) -> Iterator[tuple[str, str]]:
    for block in re.split(r"\n[ \t]*\n", po.replace("\r\n", "\n")):
        parts: dict[str, str] = {}
        name, fuzzy = "", False
        for line in block.splitlines():
            if line.startswith("#"):
                fuzzy = fuzzy or (line.startswith("#,") and "fuzzy" in line)
                continue
            if not line.strip():
                continue
            read = _LINE.fullmatch(line.strip())
            if read is None or not (read[1] or name):
                raise ValueError(f"this is no line of a .po: {line}")
            name = f"{read[1]}{read[2] or ''}" if read[1] else name
            parts[name] = parts.get(name, "") + str(ast.literal_eval(read[3]))
        if "msgid" in parts and (not fuzzy or not parts["msgid"]):
            yield from _message(parts)


def _message(parts: dict[str, str]) -> Iterator[tuple[str, str]]:
    key = f"{parts['msgctxt']}\4{parts['msgid']}" if "msgctxt" in parts else parts["msgid"]
    if "msgid_plural" not in parts:
        if parts.get("msgstr"):
            yield key, parts["msgstr"]
        return
    forms = [said for name, said in parts.items() if re.fullmatch(r"msgstr\d+", name)]
    if forms and all(forms):
        yield f"{key}\0{parts['msgid_plural']}", "\0".join(forms)


# --- following the code ------------------------------------------------------------------------------

MARKS = {"_": 1, "ngettext": 2, "pgettext": 2}
"""What marks words, and how many of its arguments they are; within f-strings too, where Babel finds none."""


def of_the_code() -> Catalog:
    """Every word that stands in the code, with the modules where, and with what is said for translators."""
    from babel.messages.catalog import Catalog

    found = Catalog(project="Desktop Notes")
    for path in sorted(PACKAGE.rglob("*.py")):
        source = path.read_text(encoding="utf-8")
        where = [(path.relative_to(REPO).as_posix(), 0)]
        for call in sorted(_marks(ast.parse(source)), key=lambda call: (call.lineno, call.col_offset)):
            first, *more = (ast.literal_eval(each) for each in call.args[: MARKS[call.func.id]])
            context, message = (first, more[0]) if call.func.id == "pgettext" else (None, first)
            said = (first, *more) if call.func.id == "ngettext" else message
            found.add(said, locations=where, auto_comments=_remark(source, call.lineno), context=context)
    for message in found:
        message.locations = sorted(set(message.locations))
    return found


def _marks(tree: ast.Module) -> Iterator[Any]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            said = node.args[: MARKS.get(node.func.id, 0)]
            if said and all(isinstance(each, ast.Constant) for each in said):
                yield node


def _remark(source: str, line: int) -> list[str]:
    """The comment right above a line, if it is for translators."""
    before = source.splitlines()[line - 2].strip() if line > 1 else ""
    return [before.removeprefix("# Translators:").strip()] if before.startswith("# Translators:") else []


def read(path: Path) -> Catalog:
    from babel.messages.pofile import read_po

    with path.open(encoding="utf-8") as lines:
        return read_po(lines, locale=_language(path), abort_invalid=True)


def _language(path: Path) -> str | None:
    return path.parent.parent.name if path.parts[-2:] == BELOW.parts else None


def followed(old: Catalog, code: Catalog, fragments: list[Catalog]) -> Catalog:
    """The catalog after the code: each of its words with the translation it has, the fragments' before."""
    from babel.messages.catalog import Catalog

    new = Catalog(locale=old.locale)
    new.mime_headers = [("Plural-Forms", old.plural_forms)]
    for message in code:
        if not message.id:
            continue
        said: Any = ""
        for known in (*fragments, old):
            there = known.get(message.id, message.context)
            if there and there.string and not there.fuzzy and _as_many(there.string, message.id, new):
                said = there.string
                break
        new.add(
            message.id,
            said,
            locations=message.locations,
            auto_comments=message.auto_comments,
            context=message.context,
            flags=message.flags - {"python-format"},
        )
    return new


def _as_many(said: Any, english: object, catalog: Catalog) -> bool:
    """Whether a translation has the forms that are wanted: one, or as many as the language has plurals."""
    return isinstance(said, str) if isinstance(english, str) else len(said) == catalog.num_plurals


def written(catalog: Catalog) -> str:
    """The text of a .po: sorted, without lines and moments, so that it changes only where words do."""
    from io import BytesIO

    from babel.messages.pofile import write_po

    lines = BytesIO()
    write_po(lines, catalog, width=110, sort_output=True, include_lineno=False, omit_header=True)
    plural = f'"Plural-Forms: {catalog.plural_forms}\\n"\n' if catalog.locale else ""
    return (  # no moments and no versions of tools
        "# The words of Desktop Notes; packaging/words.py update writes this file after the code.\n"
        'msgid ""\nmsgstr ""\n'
        f'"Language: {catalog.locale_identifier or ""}\\n"\n'
        '"MIME-Version: 1.0\\n"\n'
        '"Content-Type: text/plain; charset=UTF-8\\n"\n'
        '"Content-Transfer-Encoding: 8bit\\n"\n'
        f"{plural}\n"
        f"{lines.getvalue().decode().strip()}"
    ).strip() + "\n"


def untranslated(catalog: Catalog) -> list[str]:
    """What has no translation, each with where it stands."""
    missing = []
    for message in catalog:
        said = message.string if isinstance(message.string, (list, tuple)) else (message.string,)
        if message.id and (message.fuzzy or not said or not all(said)):
            english = message.id if isinstance(message.id, str) else message.id[0]
            missing.append(f"{message.locations[0][0] if message.locations else '?'}: {english}")
    return sorted(missing)


def update(fragments: list[Path]) -> int:
    """Writes every .po anew; answers how many words are without a translation."""
    given = [read(each) for each in fragments]
    code, count = of_the_code(), 0
    for path in files():
        old = read(path)
        own = [each for each in given if each.locale in (None, old.locale)]
        new = followed(old, code, own)
        path.write_text(written(new), encoding="utf-8")
        missing = untranslated(new)
        print(*missing, sep="\n", end="\n" if missing else "")
        print(f"{path.relative_to(REPO)}: {len(new)} words, {len(missing)} not translated")
        for name, fragment in zip(fragments, given, strict=True):
            print(*(f"{name}: {remark}" for remark in _remarks(fragment, old, code)), sep="\n")
        count += len(missing)
    compile_all()
    return count


def _remarks(fragment: Catalog, old: Catalog, code: Catalog) -> Iterator[str]:
    """What a fragment has that is not in the code, and what it says otherwise than was said before."""
    for each in fragment:
        if not each.id or not each.string:
            continue
        before = old.get(each.id, each.context)
        if not code.get(each.id, each.context):
            yield f"not in the code (any more, or yet): {each.id!r}"
        elif before and before.string and any(before.string) and before.string != each.string:
            yield f"{each.id!r} is {each.string!r} now, and was {before.string!r}"


def begin(language: str) -> None:
    from babel import Locale, UnknownLocaleError
    from babel.messages.catalog import Catalog

    try:
        Locale.parse(language)
    except (ValueError, UnknownLocaleError) as error:
        raise SystemExit(f"“{language}” names no language; others are fr, pt_BR, zh_Hant.") from error
    path = LOCALE / language / BELOW
    if path.exists():
        raise SystemExit(f"{path.relative_to(REPO)} is there already; “update” brings it up to date.")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(written(followed(Catalog(locale=language), of_the_code(), [])), encoding="utf-8")
    print(path.relative_to(REPO))


def main(command: str = "", *arguments: str) -> int:
    match command, arguments:
        case "compile", ():
            compile_all()
        case "update", _:
            return 1 if update([Path(each) for each in arguments]) else 0
        case "new", (language,):
            begin(language)
        case "pot", (target,):
            Path(target).write_text(written(of_the_code()), encoding="utf-8")
        case _:
            print(__doc__)
            return 2
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main(*sys.argv[1:]))
    except (OSError, ValueError) as error:  # a file that is not there, or is no .po
        sys.exit(f"{error}")
