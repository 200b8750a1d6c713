"""The words of the program in the user's language."""

import gettext
import importlib.util
import io
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from desktopnotes.ui.letters import with_letter
from desktopnotes.words import _translation, _Words

REPO = Path(__file__).resolve().parent.parent


def _packaging_words() -> Any:
    spec = importlib.util.spec_from_file_location("packaging_words", REPO / "packaging" / "words.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


words = _packaging_words()

SAY = """
from desktopnotes.words import _, ngettext
print(_("Open {name}…").format(name="a"), ngettext("{n} note", "{n} notes", 2).format(n=2))
"""


def said(**environment: str) -> str:
    return said_by(SAY, **environment)


def said_by(code: str, **environment: str) -> str:
    run = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONUTF8": "1", **environment},
        capture_output=True,
        text=True,
        check=True,
    )
    return run.stdout.strip()


@pytest.mark.parametrize("locale", ["C.UTF-8", "xx_YY.UTF-8", "", "../../etc", "a" * 300])
def test_a_locale_that_does_not_exist_is_english(locale: str) -> None:
    assert said(LANG=locale, LANGUAGE=locale) == "Open a… 2 notes"


def test_the_pseudo_locale_marks_every_word_and_keeps_what_is_filled_in() -> None:
    assert said(LANGUAGE="en_XA") == "⟦Öpéñ a…⟧ ⟦2 ñötés⟧"


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({"LANG": "pt_BR.UTF-8"}, "pt_BR"),
        ({"LANG": "pt_PT.UTF-8"}, "pt_BR"),
        ({"LANG": "pt"}, "pt_BR"),
        ({"LANGUAGE": "pt:en"}, "pt_BR"),
        ({"LANGUAGE": "pt-BR"}, "pt_BR"),
        ({"LANGUAGE": ":", "LANG": "pt_BR.UTF-8"}, "pt_BR"),
        ({"LANGUAGE": "ga:pt_BR"}, "pt_BR"),
        ({"LANGUAGE": "en_US:en:pt_BR", "LANG": "en_US.UTF-8"}, "en"),
        ({"LANGUAGE": "pt_BR", "LC_ALL": "C"}, "en"),
        ({"LC_ALL": "POSIX", "LANG": "pt_BR.UTF-8"}, "en"),
        ({"LANG": "ptx_BR"}, "en"),
        ({"LANG": ".."}, "en"),
        ({}, "en"),
    ],
)
def test_the_first_language_wished_for_that_is_there_is_spoken(
    environment: dict[str, str], language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    spoken = _translation().info().get("language", "en")
    assert spoken == language


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xde\x12\x04\x95",
        b"\0" * 4096,
        words.compiled('msgid ""\nmsgstr "Plural-Forms: nplurals=2; plural=what;"\n'),
        words.compiled('msgid "Quit"\nmsgstr "Sair"\n').replace(b"Sair", b"\xff\xfe\xfd\xfc"),
        words.compiled('msgid "Quit"\nmsgstr "Sair"\n')[:-4],
    ],
)
def test_a_damaged_file_of_words_is_english_and_not_the_end(
    content: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    below = tmp_path / "pt_BR" / "LC_MESSAGES"
    below.mkdir(parents=True)
    (below / "desktopnotes.mo").write_bytes(content)
    monkeypatch.setattr("desktopnotes.words.LOCALE", tmp_path)
    monkeypatch.setenv("LANGUAGE", "pt_BR")
    monkeypatch.setenv("LANG", "pt_BR.UTF-8")
    assert _translation().gettext("Quit") == "Quit"


# --- compiling ---------------------------------------------------------------------------------------

PO = r"""
# a comment
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\n"

#: here
msgid "Quit"
msgstr "Sair"

#, fuzzy
msgid "Open"
msgstr "Abrir?"

msgid "Save"
msgstr ""

msgctxt "verb"
msgid "Post"
msgstr "Postar"

msgid ""
"“Two”\n"
"\"lines\""
msgstr ""
"“duas”\n"
"\"linhas\""

msgid "{n} note"
msgid_plural "{n} notes"
msgstr[0] "{n} anotação"
msgstr[1] "{n} anotações"
"""


@pytest.mark.parametrize("reader", [gettext.GNUTranslations, _Words])
def test_what_is_compiled_is_read_by_gettext_and_by_us(reader: type[gettext.GNUTranslations]) -> None:
    read = reader(io.BytesIO(words.compiled(PO)))
    assert read.info()["content-type"] == "text/plain; charset=UTF-8"
    assert [read.gettext(word) for word in ("Quit", "Open", "Save", "Post")] == [
        "Sair",
        "Open",
        "Save",
        "Post",
    ]
    assert read.pgettext("verb", "Post") == "Postar"
    assert read.gettext('“Two”\n"lines"') == '“duas”\n"linhas"'
    counted = [read.ngettext("{n} note", "{n} notes", n) for n in (0, 1, 2)]
    assert counted == ["{n} anotações", "{n} anotação", "{n} anotações"]


def test_every_language_is_compiled_as_babel_does_it() -> None:
    from babel.messages.mofile import write_mo

    for path in words.files():
        theirs = io.BytesIO()
        write_mo(theirs, words.read(path))
        theirs.seek(0)
        ours = gettext.GNUTranslations(io.BytesIO(words.compiled(path.read_text(encoding="utf-8"))))
        said: list[dict[Any, Any]] = [
            vars(each)["_catalog"] for each in (ours, gettext.GNUTranslations(theirs))
        ]
        for catalog in said:
            del catalog[""]  # the header, in which Babel names itself
        assert said[0] == said[1]


@pytest.mark.parametrize("broken", [b"", b"MO", words.compiled(PO)[:60], words.compiled(PO)[:-9], b"\0" * 40])
def test_a_broken_file_of_words_is_refused_so_that_the_program_speaks_english(broken: bytes) -> None:
    with pytest.raises(ValueError, match="no whole file of words"):
        _Words(io.BytesIO(broken))


@pytest.mark.parametrize("broken", ['msgid "a', "msgstr", '"a"', "msgid 'a'", "<<<<<<< HEAD"])
def test_what_is_no_po_is_not_compiled(broken: str) -> None:
    with pytest.raises(ValueError, match=r"no line of a \.po"):
        words.compiled(broken)


# --- following the code ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("call", "told"),
    [
        (("new", "pt_BR"), "is there already"),
        (("new", "../x"), "names no language"),
        (("new", "xx_nope"), "names no language"),
        (("update", "/none.po"), "No such file"),
    ],
)
def test_a_translator_is_told_in_a_line_what_is_wrong(call: tuple[str, str], told: str) -> None:
    command = [sys.executable, REPO / "packaging" / "words.py", *call]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (1, "")
    assert told in done.stderr
    assert done.stderr.count("\n") == 1


def test_words_are_found_wherever_they_are_marked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    code = """
# Translators: a button
close = _("Close")
told = f"{_('Saved.')} {_('Really {name}').format(name=name)}"
count = ngettext("{n} note", "{n} notes", n), pgettext("verb", "Post"), _(words), _("two " "parts")
"""
    (tmp_path / "desktopnotes").mkdir()
    (tmp_path / "desktopnotes" / "a.py").write_text(code)
    monkeypatch.setattr(words, "REPO", tmp_path)
    monkeypatch.setattr(words, "PACKAGE", tmp_path / "desktopnotes")
    found = [message for message in words.of_the_code() if message.id]
    assert {(message.id, message.context) for message in found} == {
        *(("Close", None), ("Saved.", None), ("Really {name}", None), ("two parts", None)),
        *((("{n} note", "{n} notes"), None), ("Post", "verb")),
    }
    assert [message.auto_comments for message in found if message.id == "Close"] == [["a button"]]


def test_updating_twice_changes_nothing_and_takes_over_what_fragments_say(tmp_path: Path) -> None:
    (tmp_path / "old.po").write_text(PO, encoding="utf-8")
    fragment = tmp_path / "fragment.po"
    fragment.write_text('msgid "Quit"\nmsgstr "Encerrar"\n\nmsgid "Gone"\nmsgstr "Foi"\n', encoding="utf-8")
    from babel.messages.catalog import Catalog

    code = Catalog()
    for word in ("Quit", "New", ("{n} note", "{n} notes")):
        code.add(word, locations=[("desktopnotes/a.py", 0)])
    new = words.followed(words.read(tmp_path / "old.po"), code, [words.read(fragment)])
    assert {message.id: message.string for message in new if message.id} == {
        "Quit": "Encerrar",
        "New": "",
        ("{n} note", "{n} notes"): ("{n} anotação", "{n} anotações"),
    }
    assert words.untranslated(new) == ["desktopnotes/a.py: New"]
    (tmp_path / "new.po").write_text(words.written(new), encoding="utf-8")
    again = words.followed(words.read(tmp_path / "new.po"), code, [])
    assert words.written(again) == words.written(new)


# --- what translations say ---------------------------------------------------------------------------


def _messages(path: Path) -> list[Any]:
    return [message for message in words.read(path) if message.id]


def _texts(said: Any) -> list[str]:
    return [said] if isinstance(said, str) else list(said)


def _fields(text: str) -> list[str]:
    """What is filled in, with how it is written: "{at:%H:%M}"."""
    return sorted(re.findall(r"\{[^{}]*\}", text))


def test_every_translation_keeps_what_is_filled_in() -> None:
    """In a plural the form for one thing may do as English does it for one."""
    for path in words.files():
        for message in _messages(path):
            one, many = _fields(_texts(message.id)[0]), _fields(_texts(message.id)[-1])
            for form, said in enumerate(_texts(message.string)):
                kept = _fields(said)
                assert not said or kept == many or (kept == one and form == 0), (path, message.id, said)


def test_every_translation_keeps_the_ends_of_its_text() -> None:
    """What a label is glued to, and that a sentence is one."""
    for path in words.files():
        for message in _messages(path):
            for said in filter(None, _texts(message.string)):
                first = _texts(message.id)[0]
                assert said[0].isspace() == first[0].isspace(), (path, message.id)
                assert said[-1].isspace() == first[-1].isspace(), (path, message.id)
                assert said.endswith("…") == first.endswith("…"), (path, message.id)
                assert said.count("\n\n") == first.count("\n\n"), (path, message.id)


def test_every_language_is_complete_and_no_translation_is_a_guess() -> None:
    """`packaging/words.py update` tells what is missing."""
    assert words.files()
    for path in words.files():
        assert not words.untranslated(words.read(path)), path


def test_letters_for_alt_in_a_window_are_apart_from_each_other() -> None:
    """As the labels of one window stand in one module; also those of the menus."""
    for path in words.files():
        letters: dict[str, list[str]] = {}
        for message in _messages(path):
            if isinstance(message.string, str) and re.search(r"&\w", message.string):
                label, at = with_letter(message.string)
                for module, _line in message.locations:
                    letters.setdefault(module, []).append(label[at].lower())
        assert all(len(set(each)) == len(each) for each in letters.values()), letters


def test_every_word_of_the_code_is_in_every_language_file() -> None:
    """Else `packaging/words.py update` was not run."""
    code = words.of_the_code()
    for path in words.files():
        text = path.read_text(encoding="utf-8")
        assert words.written(words.followed(words.read(path), code, [])) == text, "packaging/words.py update"


SAY_IN_USE = r"""
from desktopnotes.media.yt_dlp_program import OWN, Program
from desktopnotes.model.notebook import Notebook
from desktopnotes.model.post_edits import first_parts
from desktopnotes.model.settings import Settings
from desktopnotes.storage.codec import decode
from desktopnotes.ui import keys
from desktopnotes.ui.guide import news_of
from desktopnotes.ui.preference_rows import ROWS, parsed, shown
(post,) = first_parts(Settings(), "KubeCon")
print(post.title, post.lang, sep="|")
print(Program(("yt-dlp",), "2026.10.26", OWN))
try:
    decode(b'{"format" 1}')
except Exception as error:
    print(error)
(rate,) = (row for row in ROWS if row.setting == "rate_step")
print(shown(rate, 0.1), parsed(rate, shown(rate, 0.1)), keys.shown("Mod+Space"), keys.shown("XF86AudioPrev"))
(dates,) = (row for row in ROWS if row.setting == "date_form")
print(dates.example(Settings().date_form))
print(news_of("# Changelog\n\n## 0.2.0").split("\n\n"))
"""


def test_what_is_made_or_found_while_it_runs_is_said_in_the_language_too() -> None:
    """The first post, the reader of pages, why a file is damaged, numbers and keys."""
    lines = said_by(SAY_IN_USE, LANGUAGE="pt_BR").splitlines()
    assert lines[0] == "Anotações: KubeCon - Parte 1|pt-BR"
    assert lines[1] == "yt-dlp 2026.10.26 (o do próprio programa)"
    assert "faltam dois-pontos" in lines[2]
    assert lines[3] == "0,1 0.1 Ctrl+Espaço Mídia: anterior"
    assert lines[4] == "Por exemplo “12 de jan. de 2018”"
    assert lines[5] == "['# O que há de novo?', 'Esta lista está em inglês.', '## 0.2.0']"
