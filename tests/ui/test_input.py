"""What keyboards of other countries, input methods, other scripts and strange clipboards bring."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Iterator

import pytest

from desktopnotes.model.notebook import Notebook
from desktopnotes.storage import codec
from tests.ui.conftest import Desk, talk_with

OpenDesk = Callable[..., Desk]


Keyboard = Callable[..., None]


@pytest.fixture
def keyboard(screen: str) -> Iterator[Keyboard]:
    """Puts the keyboard of a country before the window, and the usual one after the test."""

    def put(layout: str, variant: str = "", option: str = "") -> None:
        words = ["setxkbmap", "-layout", layout, "-variant", variant, "-option", ""]
        subprocess.run([*words, "-option", option] if option else words, check=True)

    yield put
    put("us")


def put_on_keys(*signs: str) -> None:
    """Puts signs on keys that no keyboard has: else xdotool would change the keyboard while it types."""
    keys = "".join(f"key <FK{number}> {{ {two} }};" for number, two in enumerate(signs, 13))
    printed = subprocess.run(["setxkbmap", "-print"], capture_output=True, text=True, check=True).stdout
    head, middle, rest = printed.partition("xkb_symbols")
    first, brace, last = rest.partition("\t};")
    keymap = f"{head}{middle}{first}{keys}{brace}{last}"
    put = ["xkbcomp", "-w0", "-", os.environ["DISPLAY"]]
    subprocess.run(put, input=keymap, text=True, check=True, stderr=subprocess.DEVNULL)


def on_disk(desk: Desk) -> Notebook:
    """What the file holds once it is saved."""
    desk.press("ctrl+s")
    desk.until(lambda: desk.session.saver.all_is_saved, "it is saved")
    return codec.decode(desk.session.path.read_bytes())


def put_on_clipboard(desk: Desk, text: str) -> None:
    """As Tcl has it, so that there may be halves of characters and NUL in it."""
    escaped = "".join(f"\\u{ord(char):04x}" if char < "\U00010000" else char for char in text)
    desk.root.tk.eval(f'clipboard clear; clipboard append "{escaped}"')


# --- keys --------------------------------------------------------------------------------------------


def test_a_dead_key_begins_a_note_with_the_moment_of_its_letter(
    open_desk: OpenDesk, keyboard: Keyboard
) -> None:
    desk = open_desk(talk_with("one"))
    desk.session.set(stamp_back_ms=0)
    desk.press("ctrl+End")
    keyboard("us", "intl")
    desk.play_from(50_000, 0)
    desk.press("dead_acute", "pause", "e")
    note = on_disk(desk).talks[0].notes[-1]
    assert note.text == "é"
    assert note.at_ms is not None
    assert 50_300 <= note.at_ms < desk.at_ms


def test_keyboards_of_other_countries_type_what_is_on_them(open_desk: OpenDesk, keyboard: Keyboard) -> None:
    desk = open_desk(talk_with(write_up="W"))
    desk.stand_at(60_000)
    typed = {
        "us intl": (["dead_tilde", "n", "dead_acute", "e"], "ñé"),
        "de": (["dead_acute", "e", "udiaeresis", "ssharp", "EuroSign"], "éüß€"),
        "fr": (["dead_circumflex", "o", "ccedilla", "agrave", "at"], "ôçà@"),
        "br": (["dead_tilde", "a", "ccedilla", "dead_circumflex", "e"], "ãçê"),
        "il": (["hebrew_shin", "hebrew_lamed", "hebrew_waw", "hebrew_finalmem"], "שלום"),
        "ru": (["Cyrillic_ya", "Cyrillic_io"], "яё"),
        "gr": (["dead_acute", "Greek_alpha"], "ά"),
    }
    for layout, (keys, _) in typed.items():
        keyboard(*layout.split())
        for end in (
            "Return",
            "",
        ):  # xdotool turns Shift on and off by itself: not too fast for a busy machine
            desk._xdotool("key", "--delay", "30", "ctrl+End", *keys, *filter(None, (end, "F4")))
    talk = on_disk(desk).talks[0]
    texts = [text for _, text in typed.values()]
    assert [note.text for note in talk.notes] == texts
    assert talk.write_up == "W" + "".join(texts)


def test_compose_and_an_input_method_bring_several_characters_at_once(
    open_desk: OpenDesk, keyboard: Keyboard
) -> None:
    """X's own input method commits as much at one key as its table says, as those for Chinese do."""
    desk = open_desk(talk_with(write_up="W"))
    desk.stand_at(60_000)
    keyboard("us", option="compose:menu")
    desk.press("Multi_key", "k", "j")
    desk.press("Multi_key", "s", "c", "Multi_key", "o", "e")
    desk.press("F4", "ctrl+End", "Multi_key", "k", "j")
    talk = on_disk(desk).talks[0]
    assert [(note.text, note.at_ms) for note in talk.notes] == [("漢字かな👩🏽‍🔬œ", 60_000)]
    assert talk.write_up == "W漢字かな"
    desk.press("ctrl+z")
    assert on_disk(desk).talks[0].write_up == "W"


def test_scripts_of_the_world_are_typed_and_edited(open_desk: OpenDesk, keyboard: Keyboard) -> None:
    """Hebrew stands in the order of its letters in the text, also where it is not drawn from the right."""
    desk = open_desk(talk_with())
    desk.stand_at(60_000)
    hebrew = ("[hebrew_ayin, hebrew_bet]", "[hebrew_resh, hebrew_yod]", "[hebrew_taw, U1F600]")
    put_on_keys("[U6F22, U5B57]", *hebrew)
    desk.type("漢字 עברית 😀")
    desk.press("BackSpace", "BackSpace", "BackSpace", "Left", "x", "Home", "Delete")
    assert [note.text for note in on_disk(desk).talks[0].notes] == ["字 עברxי"]
    assert desk.shown == "字 עברxי\n"


# --- signs made of several characters ----------------------------------------------------------------

SCIENTIST, FAMILY, FLAG, ACCENTS = "👩🏽‍🔬", "👨‍👩‍👧", "🇩🇪", "ạ̈"
SIGNS = f"{SCIENTIST}b{FAMILY}{FLAG}🇫🇷{ACCENTS}e"

MOVES = [
    (["Home", "Right", "x"], SIGNS.replace("b", "xb")),
    (["Home", "Right", "Right", "Right", "x"], SIGNS.replace(FLAG, f"x{FLAG}")),
    (["Left", "Left", "x"], SIGNS.replace(ACCENTS, f"x{ACCENTS}")),
    (["Left", "BackSpace"], SIGNS.replace(ACCENTS, "")),
    (["Left", "BackSpace", "BackSpace", "x"], SIGNS.replace(f"🇫🇷{ACCENTS}", "x")),
    (["Home", "Delete", "Delete", "Delete", "x"], SIGNS.replace(f"{SCIENTIST}b{FAMILY}", "x")),
    (["Home", "shift+Right", "shift+Right", "shift+Right", "x"], SIGNS.replace(f"{SCIENTIST}b{FAMILY}", "x")),
    (["Left", "shift+Left", "shift+Left", "Delete"], SIGNS.replace(f"🇫🇷{ACCENTS}", "")),
    (["Home", "Right", "shift+End", "Left", "BackSpace"], SIGNS.replace(SCIENTIST, "")),
]


def test_arrows_and_backspace_take_a_sign_as_one(open_desk: OpenDesk) -> None:
    desk = open_desk(talk_with(SIGNS, write_up=SIGNS))
    for keys, wanted in MOVES:
        desk.press("ctrl+z", "ctrl+Home", "End", *keys)
        assert desk.texts == [wanted], keys
        assert desk.shown == f"{wanted}\n"
    desk.press("F4", "ctrl+End", *MOVES[1][0], "ctrl+End", *MOVES[4][0])
    wanted = SIGNS.replace(FLAG, f"x{FLAG}").replace(f"🇫🇷{ACCENTS}", "x")
    assert on_disk(desk).talks[0].write_up == wanted


def test_a_vowel_sign_of_a_script_is_taken_alone_by_backspace(open_desk: OpenDesk) -> None:
    desk = open_desk(talk_with("नि"))
    desk.press("ctrl+Home", "Right")
    assert desk.window.page.caret.offset == 2
    desk.press("BackSpace")
    assert desk.texts == ["न"]


# --- what a clipboard may hold -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("pasted", "text"),
    [
        ("a\r\nb\rc\nd", "a\nb\nc\nd"),
        ("a\tb", "a\tb"),
        ("a\u2028b\u2029c\x85d\x0be\x0cf\x1cg", "a\u2028b\u2029c\x85d\x0be\x0cf\x1cg"),
        ("0:15 a\u20280:16 b", "0:15 a\u20280:16 b"),
        ("a\0b", "a\u2400b"),
        ("a\ud800b\udc00", "a\ufffdb\ufffd"),
        (f"{FAMILY}e\u0301", f"{FAMILY}e\u0301"),
    ],
    ids=ascii,
)
def test_what_is_pasted_stays_what_it_is(open_desk: OpenDesk, pasted: str, text: str) -> None:
    desk = open_desk(talk_with("one", write_up="W"))
    desk.stand_at(60_000)
    put_on_clipboard(desk, pasted)
    desk.press("ctrl+Home", "End", "ctrl+v", "x", "Left", "y")
    assert desk.window.page.caret.offset == len(f"one{text}y")
    desk.press("F4", "ctrl+End", "ctrl+v", "x", "Left", "y")
    assert desk.window.caret().offset == len(f"W{text}y")
    assert desk.shown == f"one{text}yx\n"
    talk = on_disk(desk).talks[0]
    assert ([note.text for note in talk.notes], talk.write_up) == ([f"one{text}yx"], f"W{text}yx")


def test_what_comes_without_a_key_is_taken_in_the_same_way(open_desk: OpenDesk) -> None:
    """As the middle mouse button and input methods do it."""
    desk = open_desk(talk_with("one", write_up="W"))
    for text in (desk.window.page.text, desk.window.write_up.text):
        desk.root.tk.eval(f'{text} insert 1.0 "a\\u0000\\r\\ud800"')
    talk = on_disk(desk).talks[0]
    assert (talk.notes[0].text, talk.write_up) == ("a\u2400\n\ufffdone", "a\u2400\n\ufffdW")


def test_nul_in_a_notebook_is_shown_and_kept(open_desk: OpenDesk) -> None:
    desk = open_desk(talk_with("a\0b", write_up="a\0b"))
    desk.press("ctrl+Home", "End", "x", "F4", "ctrl+End", "x")
    assert desk.shown == "a\u2400bx\n"
    talk = on_disk(desk).talks[0]
    assert (talk.notes[0].text, talk.write_up) == ("a\0bx", "a\0bx")
