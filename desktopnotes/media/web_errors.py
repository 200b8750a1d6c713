"""Why a page does not play, in plain words: from what yt-dlp, the network or libVLC say."""

from __future__ import annotations

import re
from enum import StrEnum

from desktopnotes.model.errors import UserError
from desktopnotes.words import _


class Why(StrEnum):
    """The reasons that users can do something about, each something else."""

    PRIVATE = "private"
    """Needs an account or an invitation."""
    GONE = "gone"
    REGION = "region"
    AGE = "age"
    LIVE = "live"
    """Has not begun yet."""
    NETWORK = "network"
    """No connection, no such host, no answer in time, a certificate that fails."""
    NO_VIDEO = "no video"
    """The page answered, and has nothing that plays."""
    A_LIST = "a list"
    TOO_OLD = "too old"
    """yt-dlp does not understand the site any more."""
    NO_JAVASCRIPT = "no javascript"
    """yt-dlp needs a JavaScript runtime for this site."""
    NO_YT_DLP = "no yt-dlp"
    DRM = "drm"
    OTHER = "other"


class WebError(UserError):
    """A page cannot be played (or read, or downloaded), and why; `address` is the page's."""

    def __init__(self, why: Why, address: str, message: str, hint: str = "") -> None:
        super().__init__(message, hint)
        self.why = why
        self.address = address


def judged(words: str, address: str) -> WebError:
    """What yt-dlp's errors and warnings mean for the user.

    The last error counts; warnings only tell of a JavaScript runtime that was missing. The wording is that of
    yt-dlp's own source and of the sites that it quotes.
    """
    why = _why(words)
    message, hint = _SENTENCES[why]
    if why is Why.NETWORK:
        message, hint = next(
            (told for sign, *told in _NETWORK if _is_in(sign, _last_error(words))), (message, hint)
        )
    if why is Why.OTHER and (said := _said(words)):
        message = _("The page cannot be played. It says: “{said}”").format(said=said)
    if why is Why.NO_JAVASCRIPT and "No supported JavaScript runtime" not in words:
        message, hint = _NO_SOLVER
    return WebError(why, address, message, hint)


def because(why: Why, address: str) -> WebError:
    """The error of this kind in the usual words."""
    message, hint = _SENTENCES[why]
    return WebError(why, address, message, hint)


def _why(words: str) -> Why:
    last = _last_error(words)
    if re.search(_NO_RUNTIME, words) and re.search(_FORMATS_MISSING, last):
        return Why.NO_JAVASCRIPT
    return next((why for sign, why in _SIGNS if _is_in(sign, last)), Why.OTHER)


def _is_in(sign: str, words: str) -> bool:
    """Compiled when it is first needed: a start does without it."""
    return bool(re.search(sign, words, re.IGNORECASE))


def _last_error(words: str) -> str:
    """What the last error says, without names and addresses: those may hold any word."""
    errors = [line for line in words.splitlines() if line.startswith("ERROR:")]
    last = errors[-1] if errors else words.strip().rpartition("\n")[2]
    return re.sub(r"https?://\S+", "", re.sub(r"^ERROR:\s*(\[[^\]]*\]\s*(\S+:\s)?)?", "", last))


def _said(words: str) -> str:
    """The last error on one line, without yt-dlp's advice about its command line."""
    text = re.split(r"\s*\(caused by|;? ?please report this|\. Use --|, use the --", _last_error(words))[0]
    return "".join(char for char in text if char.isprintable())[:_SAID_MOST].strip()


_SAID_MOST = 200

_NO_RUNTIME = r"No supported JavaScript runtime|challenge solving failed|Ensure you have a supported Java"
_FORMATS_MISSING = r"Requested format is not available|No video formats|Only images are available"

_SIGNS = (
    (r"\bDRM\b", Why.DRM),
    (r"Requested format is not available", Why.TOO_OLD),
    (r"account associated with this video|account has been terminated|been removed", Why.GONE),
    (r"This live event will begin|Premieres in|Premiere will begin|live event is scheduled"
     r"|is_upcoming|not started yet|has not started|not currently live|is offline|will begin", Why.LIVE),
    (r"confirm your age|age.restricted|inappropriate for some|age verification|adults? only", Why.AGE),
    (r"not a bot|rate-limited by YouTube|HTTP Error 429|Too Many Requests", Why.NETWORK),
    (r"geo.?restrict|not available (from|in) your (location|country|region)|in your country|blocked it in"
     r"|unavailable in your|not available in your|HTTP Error 451", Why.REGION),
    (r"private video|video is private|protected by a password|wrong (video )?password|registered users"
     r"|log ?in|logged.in|sign in|members.only|members on level|join this channel|--cookies|account"
     r"|HTTP Error 40[137]|not been made available to anyone|subscri|purchase|requires payment", Why.PRIVATE),
    (r"HTTP Error (404|410)|video unavailable|has been removed|no longer available|been terminated"
     r"|does not exist|is not available|isn't available|video is unavailable|been deleted|not found"
     r"|This playlist type is unviewable|is unavailable", Why.GONE),
    (r"Connection (refused|reset|aborted)|Name or service not known|name resolution|getaddrinfo"
     r"|nodename nor servname|timed out|CERTIFICATE|certificate|SSL|unreachable|No route to host"
     r"|HTTP Error (408|5\d\d)|Remote end closed|TransportError|IncompleteRead|bytes read|redirect"
     r"|Max retries|EOF occurred|Proxy|Broken pipe|Network is down|Unable to connect", Why.NETWORK),
    (r"HTTP Error 3\d\d|Unsupported URL|No video formats found|no media|no video|There's no video"
     r"|is not a valid URL|file:// URLs|Unsupported url scheme|UnsupportedRequest|MemoryError"
     r"|No connection adapters", Why.NO_VIDEO),
    (r"please report this issue|Unable to extract|signature|nsig|Failed to parse|Failed to extract"
     r"|Some formats may be missing|Only images|no such option"
     r"|--js-runtimes", Why.TOO_OLD),
)  # fmt: skip
"""What words in an error mean; the first that is found counts."""

_THEN_TRY = _("“Help, Update yt-dlp…” shows what to type. Then try again.")
"""The commands stand there alone, since each copy has its own."""

_NO_SOLVER = (
    _("This site needs scripts that come with yt-dlp, and they are missing or do not run on this computer."),
    _THEN_TRY,
)
"""The parts by which yt-dlp solves what a site asks of browsers are a package of their own (yt-dlp-ejs)."""

_NETWORK = (
    (
        r"certificate|SSL",
        _("This site cannot prove that it is the one that its address names, so nothing was taken from it."),
        _("Look whether the address and this computer's clock are right. Your notes are safe."),
    ),
    (
        r"name or service|name resolution|getaddrinfo|nodename",
        _("No site of this name was found."),
        _("Look whether the connection and the address are right, then try again. Your notes are safe."),
    ),
    (
        r"not a bot|rate-limited|HTTP Error 429|Too Many Requests",
        _("The site answers no more questions for now, as it got too many from this connection."),
        _("Try again later. Your notes are safe."),
    ),
    (
        r"HTTP Error 5\d\d",
        _("The site has trouble of its own and could not answer."),
        _("Try again later. Your notes are safe."),
    ),
    (
        r"redirect",
        _("This page leads round in a circle."),
        _("Copy the address of the recording's own page. Your notes are safe."),
    ),
)
"""What it was with the network, where yt-dlp's words tell that."""

_SENTENCES = {
    Why.PRIVATE: (
        _("This recording can be seen only with an account or an invitation."),
        _("Desktop Notes uses no accounts. If you may download it in your browser, attach that file."),
    ),
    Why.GONE: (
        _("This recording is not there any more."),
        _("Your notes are safe. Look for the talk at another address, or attach a file of it."),
    ),
    Why.REGION: (
        _("The site does not show this recording in your country."),
        _("Look for the talk at another address, or attach a file of it."),
    ),
    Why.AGE: (
        _("The site shows this recording only to people who have signed in and are old enough."),
        _("Desktop Notes uses no accounts. Look for it at another address, or attach a file of it."),
    ),
    Why.LIVE: (_("This talk has not begun yet."), _("Open it again once it is on.")),
    Why.NETWORK: (
        _("The page did not answer."),
        _("Look whether the connection and the address are right, then try again. Your notes are safe."),
    ),
    Why.NO_VIDEO: (
        _("There is nothing on this page that plays."),
        _("Copy the address of the recording's own page, where you can watch it in the browser."),
    ),
    Why.A_LIST: (
        _("This is the address of a list of recordings."),
        _("Add the ones that you want with “Add from the Web…”."),
    ),
    Why.TOO_OLD: (
        _("This site has changed, and the yt-dlp on this computer does not understand it."),
        _("“Help, Update yt-dlp…” shows what to type. A file of the recording can be attached meanwhile."),
    ),
    Why.NO_JAVASCRIPT: (
        _("This site needs a JavaScript runtime, and there is none on this computer that serves."),
        _THEN_TRY,
    ),
    Why.NO_YT_DLP: (
        _("Pages of the web cannot be played: yt-dlp is not installed."),
        _("“Help, Update yt-dlp…” shows what to type. Then try again: no restart is needed."),
    ),
    Why.DRM: (
        _("This recording is locked by its site and plays only there."),
        _("Notes can be written with a file of your own attached."),
    ),
    Why.OTHER: (_("The page cannot be played."), _("Try again later, or attach a file of the recording.")),
}
"""What happened, and what to do about it."""
