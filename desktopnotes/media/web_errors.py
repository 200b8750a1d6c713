"""Why a page does not play, in plain words: from what yt-dlp, the network or libVLC say."""

from __future__ import annotations

from enum import StrEnum

from desktopnotes.model.errors import UserError


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
