"""What yt-dlp's errors mean to the user; their wording is that of yt-dlp's source and of the sites."""

from __future__ import annotations

import pytest

from desktopnotes import commands
from desktopnotes.media.web_errors import Why, because, judged

REPORT = (
    "; please report this issue on  https://github.com/yt-dlp/yt-dlp/issues?q= , filling out the appropriate "
    "issue template. Confirm you are on the latest version using  yt-dlp -U"
)
NO_RUNTIME = (
    "WARNING: [youtube] No supported JavaScript runtime could be found. Only deno is enabled by default; to "
    "use another runtime add  --js-runtimes RUNTIME[:PATH]  to your command/config. YouTube extraction "
    "without a JS runtime has been deprecated, and some formats may be missing.\n"
)
NO_SOLVER = (
    "WARNING: [youtube] x: n challenge solving failed: Some formats may be missing. Ensure you have a "
    "supported JavaScript runtime and challenge solver script distribution installed.\n"
)
LOGIN = (
    "Use --cookies-from-browser or --cookies for the authentication. See  https://github.com/yt-dlp/yt-dlp"
)

SAID = [
    (f"[youtube] x: Private video. Sign in if you've been granted access to it. {LOGIN}", Why.PRIVATE),
    ("[youtube] x: Join this channel to get access to members-only content like this video", Why.PRIVATE),
    ("[vimeo] 1: This video is protected by a password, use the --video-password option", Why.PRIVATE),
    ("[vimeo] 1: This event has not been made available to anyone", Why.PRIVATE),
    (f"[generic] x: This video is only available for registered users. {LOGIN}", Why.PRIVATE),
    ("[PeerTube] x: Unable to download JSON metadata: HTTP Error 401: Unauthorized", Why.PRIVATE),
    ("[generic] x: Unable to download webpage: HTTP Error 403: Forbidden (caused by <>)", Why.PRIVATE),
    ("[youtube] x: Video unavailable", Why.GONE),
    ("[youtube] x: Video unavailable. This video is no longer available because the YouTube account "
     "associated with this video has been terminated.", Why.GONE),
    ("[youtube] x: This video has been removed by the uploader", Why.GONE),
    ("[youtube] x: This video has been removed for violating YouTube's Terms of Service", Why.GONE),
    ("[youtube:tab] x: The playlist does not exist.", Why.GONE),
    ("[PeerTube] x: Unable to download JSON metadata: HTTP Error 404: Not Found", Why.GONE),
    ("[media.ccc.de] x: Unable to download webpage: HTTP Error 404: Not Found (caused by <>)", Why.GONE),
    ("[youtube] x: The uploader has not made this video available in your country", Why.REGION),
    ("[generic] x: This video is not available from your location due to geo restriction", Why.REGION),
    ("[youtube] x: Video unavailable. This video contains content from SME, who has blocked it in your "
     "country on copyright grounds", Why.REGION),
    (f"[youtube] x: Sign in to confirm your age. It may be inappropriate for some users. {LOGIN}", Why.AGE),
    ("[youtube] x: This live event will begin in 3 hours.", Why.LIVE),
    ("[youtube] x: Premieres in 2 days", Why.LIVE),
    ("[vimeo:event] 1: This live event is scheduled for 2030-01-01T10:00:00+00:00", Why.LIVE),
    ("[generic] x: Unable to download webpage: [Errno -2] Name or service not known (caused by "
     "TransportError('[Errno -2] Name or service not known'))", Why.NETWORK),
    ("[generic] x: Unable to download webpage: [Errno 111] Connection refused (caused by TransportError())",
     Why.NETWORK),
    ("[generic] x: Unable to download webpage: The read operation timed out", Why.NETWORK),
    ("[generic] x: Unable to download webpage: [SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: "
     "self-signed certificate (_ssl.c:992)", Why.NETWORK),
    ("[youtube] x: Unable to download API page: HTTP Error 503: Service Unavailable", Why.NETWORK),
    (f"[youtube] x: Sign in to confirm you’re not a bot. {LOGIN}", Why.NETWORK),
    ("[generic] x: Unable to download webpage: HTTP Error 429: Too Many Requests", Why.NETWORK),
    ("Unsupported URL: https://talks.example/", Why.NO_VIDEO),
    (f"[generic] x: No video formats found!{REPORT}", Why.NO_VIDEO),
    ("file:// URLs are disabled by default in yt-dlp for security reasons. Use --enable-file-urls to enable "
     "at your own risk.", Why.NO_VIDEO),
    ("No connection adapters were found for 'file:///etc/passwd'", Why.NO_VIDEO),
    (f"[vimeo] 1: Unable to extract info section{REPORT}", Why.TOO_OLD),
    (f"[youtube] x: Failed to extract any player response{REPORT}", Why.TOO_OLD),
    ("[youtube] x: Requested format is not available. Use --list-formats for a list of available formats",
     Why.TOO_OLD),
    (f"[media.ccc.de] x: An extractor error has occurred. (caused by KeyError()){REPORT}", Why.TOO_OLD),
    ("[youtube] x: This video is DRM protected", Why.DRM),
    ("[generic] The requested site is known to use DRM protection. It will NOT be supported.", Why.DRM),
    ("[generic] private-video-certificate: Unable to download webpage: HTTP Error 404: Not Found", Why.GONE),
    ("Unsupported URL: https://talks.example/account/private-video?redirect=1", Why.NO_VIDEO),
    ("something that nobody foresaw", Why.OTHER),
]  # fmt: skip


@pytest.mark.parametrize(("said", "why"), SAID)
def test_errors_are_told_apart(said: str, why: Why) -> None:
    error = judged(f"WARNING: [generic] Falling back\nERROR: {said}\n", "https://x.example/")
    assert error.why is why
    assert error.args[0].endswith((".", "”"))
    assert error.hint
    assert error.address == "https://x.example/"


def test_every_reason_has_words_of_its_own() -> None:
    told = {because(why, "").args[0] for why in Why}
    assert len(told) == len(Why)
    assert all(because(why, "").hint for why in Why)


def test_a_missing_runtime_counts_only_where_formats_are_missing() -> None:
    missing = "ERROR: [youtube] x: Requested format is not available. Use --list-formats for a list"
    assert judged(NO_RUNTIME + missing, "").why is Why.NO_JAVASCRIPT
    assert "JavaScript runtime" in judged(NO_RUNTIME + missing, "").args[0]
    unsolved = judged(NO_SOLVER + missing, "")
    assert unsolved.why is Why.NO_JAVASCRIPT
    assert "scripts that come with yt-dlp" in unsolved.args[0]
    assert judged(missing, "").why is Why.TOO_OLD
    assert judged(f"{NO_RUNTIME}ERROR: [youtube] x: Video unavailable", "").why is Why.GONE


def test_what_to_type_stands_in_one_place_which_is_named() -> None:
    """Here nothing is known of where the yt-dlp in use came from."""
    missing = "ERROR: [youtube] x: Requested format is not available. Use --list-formats for a list"
    old = judged(f"ERROR: [vimeo] 1: Unable to extract info section{REPORT}", "")
    unsolved = judged(NO_SOLVER + missing, "")
    others = [because(why, "") for why in (Why.TOO_OLD, Why.NO_JAVASCRIPT, Why.NO_YT_DLP)]
    named = commands.by_id("help.update_yt_dlp")
    for error in (old, unsolved, judged(NO_RUNTIME + missing, ""), *others):
        assert f"“Help, {named.label}” shows what to type" in error.hint
        assert not any(word in str(error) for word in ("pip", " -U", "install --", "/", "Install "))


def test_what_nobody_foresaw_is_quoted_on_one_harmless_line() -> None:
    said = "ERROR: [site] x1: Strange \x1b[31mthing\u202e happened" + "!" * 5_000 + REPORT.replace(";", ",")
    message = judged(said.replace(REPORT.replace(";", ","), ""), "").args[0]
    assert message.startswith("The page cannot be played. It says: “Strange [31mthing happened!!!")
    assert len(message) < 300
    assert judged("", "").why is Why.OTHER
    assert judged("Traceback (most recent call last):\nMemoryError\n", "").why is Why.NO_VIDEO
