#!/usr/bin/env bash
# Builds the Debian package, without root, and prints its path: desktopnotes_VERSION_all.deb.
#
#   packaging/linux/build_deb.sh [OUTFOLDER]     default: build/deb
#
# The same sources give the same bytes, on any day, in any folder. Nothing is downloaded: the Python parts that Debian
# lacks come from .venv, which packaging/setup.sh makes once. MAINTAINER="Name <address>" says who built it.
set -euo pipefail
out=$(realpath -m "${1:-$(dirname "${BASH_SOURCE[0]}")/../../build/deb}")
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

type -P dpkg-deb gzip >/dev/null || { echo "A Debian package is built by dpkg-deb; type: apt-get install dpkg" >&2; exit 1; }
if ! .venv/bin/python -c 'import appdirs, pysubs2, importlib.util as u; u.find_spec("vlc").origin' 2>/dev/null; then
    packaging/setup.sh run >&2
fi
# Nothing of the builder's own shows in the package: its mask, language, time zone, settings of Python and of dpkg.
umask 022
exec env -i PATH="$PATH" HOME=/nonexistent LC_ALL=C.UTF-8 TZ=UTC \
    ${SOURCE_DATE_EPOCH:+SOURCE_DATE_EPOCH="$SOURCE_DATE_EPOCH"} ${MAINTAINER:+MAINTAINER="$MAINTAINER"} \
    ${TMPDIR:+TMPDIR="$TMPDIR"} .venv/bin/python -B packaging/linux/deb/build.py "$out"
