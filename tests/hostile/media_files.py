"""Files that pose as recordings and lead elsewhere: by name, with what they hold."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import struct
import tarfile
import zipfile
import zlib

TAG = b"ID3\x03\0\0\0\0\0\x40" + bytes(64)


def hostile_media(address: str) -> dict[str, tuple[str, bytes]]:
    """What each is, and its content; all of them name `address`, which nobody may ask."""
    hls = f"#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\n{address}/x.ts\n#EXT-X-ENDLIST\n".encode()
    dash = _dash(address)
    xspf = (
        '<?xml version="1.0"?><playlist xmlns="http://xspf.org/ns/0/"><trackList><track>'
        f"<location>{address}/x.mp4</location></track></trackList></playlist>"
    ).encode()
    smooth = (
        f'<SmoothStreamingMedia MajorVersion="2" Duration="90000000"><StreamIndex Type="video" '
        f'Url="{address}/q({{bitrate}})"><QualityLevel Bitrate="1" FourCC="H264" CodecPrivateData="00"/>'
        '<c t="0" d="1"/></StreamIndex></SmoothStreamingMedia>'
    )
    return {
        "hls.mp4": ("HLS in a file named .mp4", hls),
        "bom.mp4": ("HLS behind a byte order mark", b"\xef\xbb\xbf" + hls),
        "gzip.mp4": ("HLS packed by gzip", gzip.compress(hls)),
        "zlib.mp4": ("HLS packed by zlib", zlib.compress(hls)),
        "bzip2.mp4": ("HLS packed by bzip2", bz2.compress(hls)),
        "xz.mp4": ("HLS packed by xz", lzma.compress(hls)),
        "tag.mp3": ("HLS behind an ID3 tag", TAG + hls),
        "tags.mp3": ("HLS behind two ID3 tags", TAG + TAG + hls),
        "tagged-gzip.mp3": ("packed HLS behind an ID3 tag", TAG + gzip.compress(hls)),
        "ape.mp3": ("HLS behind an APE tag", b"APETAGEX" + struct.pack("<IIIIQ", 2000, 32, 0, 0, 0) + hls),
        "dash.mp4": ("a DASH manifest", dash),
        "dash-gzip.mp4": ("a DASH manifest packed by gzip", gzip.compress(dash)),
        "dash-tag.mp4": ("a DASH manifest behind an ID3 tag", TAG + dash),
        "smooth.mp4": ("a Smooth Streaming manifest in UTF-16", b"\xff\xfe" + smooth.encode("utf-16-le")),
        "m3u.mp4": ("an .m3u of addresses", f"#EXTM3U\n{address}/x.mp4\n".encode()),
        "strm.mp4": ("a bare address, as in a .strm", f"{address}/x.mp4\n".encode()),
        "pls.mp4": ("a .pls", f"[playlist]\nFile1={address}/x.mp4\nNumberOfEntries=1\n".encode()),
        "pls-later.mp4": ("a .pls behind a comment", f"\n;c\n[playlist]\nFile1={address}/x.mp4\n".encode()),
        "xspf.mp4": ("an .xspf", xspf),
        "xspf-later.mp4": ("an .xspf behind 400 line breaks", b"\n" * 400 + xspf),
        "asx.mp4": ("an .asx", f'<asx version="3.0"><entry><ref href="{address}/x"/></entry></asx>'.encode()),
        "asf.wmv": ("an ASF reference", f"[Reference]\nRef1={address}/x.asf?MSWMExt=.asf\n".encode()),
        "smil.mp4": ("SMIL", f'SMILtext <smil><video src="{address}/x.mp4"/></smil>'.encode()),
        "rtsp.mp4": ("RTSPtext", b"RTSPtext\r\nrtsp://127.0.0.1:9/x"),
        "sdp.mp4": (
            "an SDP file, which listens",
            b"v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\nm=video 5004 RTP/AVP 33\r\n",
        ),
        "concat.mp4": ("FFmpeg's concat list", f"ffconcat version 1.0\nfile '{address}/x.mp4'\n".encode()),
        "url.mp4": ("a shortcut of Windows", f"[InternetShortcut]\nURL={address}/x.mp4\n".encode()),
        "cue.mp4": ("a cue sheet", f'FILE "{address}/x.mp4" MP3\n  TRACK 01 AUDIO\n'.encode()),
        "gvp.mp4": (
            "Google Video's pointer",
            f"# download the free Google Video Player\nurl:{address}/x\n".encode(),
        ),
        "nsc.mp4": ("a Windows Media station", f"[Address]\nName=02x\nUnicast URL={address}/x\n".encode()),
        "qtl.mp4": ("a QuickTime link", f'<?quicktime type="x"?><embed src="{address}/x.mov"/>'.encode()),
        "ram.mp4": ("a RealMedia list", f".RAM\n{address}/x.rm\n".encode()),
        "refmovie.mov": ("a QuickTime reference movie", _reference_movie(f"{address}/x.mov")),
        "zip.mp4": ("a zip with a list in it", _zip("x.m3u8", hls)),
        "tar.mp4": ("a tar with a list in it", _tar("x.m3u8", hls)),
        "disc.mp4": ("the image of a disc", bytes(0x8001) + b"CD001" + bytes(4000)),
    }


def _dash(address: str) -> bytes:
    return (
        '<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011" type="static" '
        'mediaPresentationDuration="PT9S" minBufferTime="PT1S" '
        'profiles="urn:mpeg:dash:profile:isoff-main:2011"><Period><AdaptationSet mimeType="video/mp4">'
        f'<Representation id="1" bandwidth="1000"><BaseURL>{address}/</BaseURL><SegmentList duration="9">'
        '<SegmentURL media="x.mp4"/></SegmentList></Representation></AdaptationSet></Period></MPD>'
    ).encode()


def _box(kind: bytes, *parts: bytes) -> bytes:
    content = b"".join(parts)
    return struct.pack(">I", 8 + len(content)) + kind + content


def _reference_movie(address: str) -> bytes:
    url = address.encode() + b"\0"
    reference = _box(b"rdrf", bytes(4) + b"url " + struct.pack(">I", len(url)) + url)
    movie = _box(b"moov", _box(b"rmra", _box(b"rmda", reference)))
    return _box(b"ftyp", b"qt  ", bytes(4)) + movie


def _zip(name: str, content: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr(name, content)
    return target.getvalue()


def _tar(name: str, content: bytes) -> bytes:
    target = io.BytesIO()
    with tarfile.open(fileobj=target, mode="w") as archive:
        about = tarfile.TarInfo(name)
        about.size = len(content)
        archive.addfile(about, io.BytesIO(content))
    return target.getvalue()
