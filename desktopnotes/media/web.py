"""Pages of the web, asked by yt-dlp in a process of its own: the window never waits and all can be cancelled.

No request is made but for an address that the user gave, or that of the talk that is open.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from desktopnotes.media.background import CancelledError, Progress
from desktopnotes.media.mailbox import Mailbox
from desktopnotes.media.web_errors import WebError, Why, because
from desktopnotes.words import _

if TYPE_CHECKING:
    from desktopnotes.media.web_answers import Answer
    from desktopnotes.media.web_folder import WebFolder
    from desktopnotes.media.web_page import Entry, Listing, News, Stream

_GOOD_FOR_S = 240.0
"""How long an answer serves again: the addresses in it expire, on some sites within minutes."""

_BAD_FOR_S = 5.0
_REFUSED_MOST_S = 20.0
_TELL_EVERY_S = 0.15
_LOOK_EVERY_S = 0.05
_CLOSED_WITHIN_S = 2.0

HEIGHT = 1080
"""The tallest picture that is played unless the user wishes otherwise."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the user would like to get.

    `height` is the tallest picture in pixels, 0 for sound alone; `languages` are those of captions, the
    dearest first, as the user's settings and desktop write them (“de”, “pt_BR”).
    """

    height: int = HEIGHT
    languages: tuple[str, ...] = ("en",)


class Web:
    """Asks pages; what is learned on the way is told to the one listener, on the window's thread."""

    def __init__(self, mailbox: Mailbox) -> None:
        self._mailbox = mailbox
        self._listener: Callable[[News], None] | None = None
        self._guard = threading.Lock()
        self._questions: dict[str, _Question] = {}
        self._folder: WebFolder | None = None
        self._closed = threading.Event()
        self.wishes = Wishes()

    def listen(self, listener: Callable[[News], None]) -> None:
        self._listener = listener

    def begin(self, address: str) -> None:
        """Asks the page of `address` unless that is under way already or was done a short while ago.

        Returns at once, from any thread. What comes of it is told as `News`: the page, then its captions;
        once more where it was done a short while ago. A page that failed is asked again.
        """
        question, is_new = self._question(address, again_after_failure=True)
        question.is_wanted = question.is_told = True
        if not is_new and question.answered.is_set():
            for news in tuple(question.news):
                self._tell(question, news)

    def stream(self, address: str, progress: Progress, *, fresh: bool = False) -> Stream:
        """What plays for the page of `address`; waits for it, so never on the window's thread.

        Uses what `begin` has under way, and what was learned a short while ago unless `fresh`: then the page
        is asked again, since an address that played has expired. Raises `WebError` where it does not play;
        for a list (told as `Listing`) with `Why.A_LIST`; `CancelledError` as `progress` does.

        The address of a media file is answered at once, unless `fresh`: its page is asked all the same.
        """
        from desktopnotes.media import web_answers  # a start without a talk from the web does without them
        from desktopnotes.media.web_page import Stream

        if not web_answers.address(address):
            raise _no_address(address)
        question, _is_new = self._question(address, fresh=fresh)
        if not fresh and web_answers.plain_file(address):
            question.is_wanted = True
            return Stream(address)
        self._wait(question, progress)
        if question.stream:
            return question.stream
        if question.dropped.is_set():
            raise CancelledError
        raise question.failure or because(Why.NO_VIDEO, address)

    def entries(self, address: str, progress: Progress, tell: Callable[[Sequence[Entry]], None]) -> None:
        """Reads a list of recordings; waits, so never on the window's thread.

        `tell` is called on this thread with the entries as they come, in order, each once. Raises `WebError`.
        """
        from desktopnotes.media import web_answers, web_question  # as above

        if not web_answers.address(address):
            raise _no_address(address)
        progress.report(0.0, _("Looking at the page…"))

        some: list[Entry] = []
        told_s = 0.0

        def check() -> None:
            """Is called 20 times a second and for each entry: so they are told in time and not one by one."""
            nonlocal told_s
            progress.check()
            if self._closed.is_set():
                raise CancelledError
            if some and time.monotonic() - told_s > _TELL_EVERY_S:
                told_s = time.monotonic()
                _flush(some, tell)

        program = web_question.program_for(address)
        asked = web_question.Asked(program, address, self._new_folder(), 0)
        try:
            for entry in web_question.ask_entries(asked, check):
                some.append(entry)
        finally:
            if not self._closed.is_set():
                progress.check()
                _flush(some, tell)

    def forget(self, address: str) -> None:
        """Stops what is under way for `address`: its process is ended and nothing more of it is told.

        What was learned whole a short while ago still serves whoever asks for it again.
        """
        with self._guard:
            question = self._questions.get(address)
        if question and question.stream and not question.thread.is_alive():
            question.is_wanted = question.is_told = False
        elif question:
            self._drop(question)

    def about(self) -> str:
        """Which yt-dlp is used, of which version and from where; may wait some seconds."""
        from desktopnotes.media import yt_dlp_program  # as above

        return str(yt_dlp_program.newest(patiently=True) or "no yt-dlp")

    def close(self) -> None:
        """Ends all processes and removes the captions that nobody kept."""
        self._closed.set()
        with self._guard:
            questions = list(self._questions.values())
            self._questions.clear()
        for question in questions:
            question.dropped.set()
        for question in questions:
            question.thread.join(_CLOSED_WITHIN_S)
        if self._folder:
            self._folder.remove()

    def _wait(self, question: _Question, progress: Progress) -> None:
        """Until it is answered; where that is cancelled and nobody else wants it, its process ends."""
        with self._guard:
            question.waiting += 1
        try:
            progress.report(0.0, _("Looking at the page…"))
            while not question.answered.wait(_LOOK_EVERY_S):
                progress.check()
            progress.check()
        finally:
            with self._guard:
                question.waiting -= 1
                is_needed = question.waiting or question.is_wanted or question.answered.is_set()
            if not is_needed:
                self._drop(question)

    def _question(
        self, address: str, *, fresh: bool = False, again_after_failure: bool = False
    ) -> tuple[_Question, bool]:
        """The question that is under way or serves still, else a new one; and whether it is new."""
        with self._guard:
            known = self._questions.get(address)
            is_asked_again = fresh or (again_after_failure and known and known.failed)
            if known and known.serves(self.wishes.height, fresh=bool(is_asked_again)):
                return known, False
            question = _Question(address, self.wishes)
            if self._closed.is_set():
                question.dropped.set()
                question.answered.set()
                return question, True
            if known:
                known.dropped.set()
                question.is_wanted = known.is_wanted
            self._questions = {
                key: one for key, one in self._questions.items() if one.serves(one.wishes.height, fresh=False)
            }
            self._questions[address] = question
            question.thread = threading.Thread(target=self._ask, args=(question,), name="web", daemon=True)
            question.thread.start()
            return question, True

    def _drop(self, question: _Question) -> None:
        question.dropped.set()
        with self._guard:
            if self._questions.get(question.address) is question:
                del self._questions[question.address]

    def _ask(self, question: _Question) -> None:
        """The whole of one question, on its own thread."""
        try:
            self._ask_all(question)
        except CancelledError:
            question.failure = question.failure or because(Why.OTHER, question.address)
        except WebError as error:
            question.failure = question.failure or (None if question.stream else error)
        except Exception as error:  # a bug: whoever waits must not wait for ever
            question.failure = because(Why.OTHER, question.address)
            if not question.dropped.is_set():
                self._mailbox.post(partial(_raise, error))
        finally:
            question.done_s = time.monotonic()
            question.answered.set()

    def _ask_all(self, question: _Question) -> None:
        from desktopnotes.media import web_answers, web_question  # as above
        from desktopnotes.media.web_page import Listing

        address, wishes = question.address, question.wishes
        if not web_answers.address(address):
            raise _no_address(address)
        program = web_question.program_for(address)
        asked = web_question.Asked(program, address, self._new_folder(), wishes.height)
        found: list[Answer] = []

        def answered(answer: Answer | Listing) -> None:
            question.done_s = time.monotonic()
            if isinstance(answer, Listing):
                self._tell(question, answer)
                question.failure = because(Why.A_LIST, address)
            else:
                found.append(answer)
                self._tell(question, answer.page)
                question.wait_until(answer.from_s)
                question.stream = answer.stream
            question.answered.set()

        info = web_question.ask_page(asked, question.check, answered)
        captions = web_answers.choose_captions(found[0], wishes.languages) if found else None
        if info and captions:
            came = web_question.fetch_captions(asked, info, captions, question.check)
            if came:
                self._tell(question, came)
        elif info:
            info.unlink(missing_ok=True)

    def _tell(self, question: _Question, news: News) -> None:
        if news not in question.news:
            question.news.append(news)
        self._mailbox.post(lambda: self._deliver(question, news))

    def _deliver(self, question: _Question, news: News) -> None:
        if self._listener and question.is_told and not question.dropped.is_set():
            self._listener(news)

    def _new_folder(self) -> Path:
        from desktopnotes.media.web_folder import WebFolder  # as above

        with self._guard:
            if self._folder is None:
                self._folder = WebFolder()
            return self._folder.new_part()


class _Question:
    """A page that is being asked or was asked: `answered` is set once `stream` or `failure` is known."""

    thread: threading.Thread

    def __init__(self, address: str, wishes: Wishes) -> None:
        self.address = address
        self.wishes = wishes
        self.answered = threading.Event()
        self.dropped = threading.Event()
        self.stream: Stream | None = None
        self.failure: WebError | None = None
        self.news: list[News] = []
        self.waiting = 0
        self.is_wanted = False
        """Whoever began it wants it, even where those who wait for its stream have enough."""
        self.is_told = True
        self.done_s = 0.0

    def check(self) -> None:
        if self.dropped.is_set():
            raise CancelledError

    @property
    def failed(self) -> bool:
        """It is known not to play; that it is a list is an answer."""
        return self.failure is not None and self.failure.why is not Why.A_LIST

    def wait_until(self, from_s: float) -> None:
        """Some sites refuse the addresses that they gave for some seconds."""
        wait_s = min(from_s - time.time(), _REFUSED_MOST_S)
        if wait_s > 0 and self.dropped.wait(wait_s):
            raise CancelledError

    def serves(self, height: int, *, fresh: bool) -> bool:
        if self.dropped.is_set() or self.wishes.height != height:
            return False
        if not self.answered.is_set():
            return True
        good_for_s = _BAD_FOR_S if self.failed else _GOOD_FOR_S
        return not fresh and time.monotonic() - self.done_s < good_for_s


def _flush(some: list[Entry], tell: Callable[[Sequence[Entry]], None]) -> None:
    if some:
        told = tuple(some)
        some.clear()
        tell(told)


def _no_address(address: str) -> WebError:
    return WebError(
        Why.OTHER,
        address,
        _("This is not the address of a page on the web."),
        _("It begins with http:// or https://. Copy it from the address line of the browser."),
    )


def _raise(error: Exception) -> None:
    raise error
