#!/usr/bin/env bash
# Builds the Debian package, without root, and prints its path: desktopnotes_VERSION_all.deb.
#
#   packaging/linux/build_deb.sh [OUTFOLDER]     default: build/deb
#
# The same sources give the same bytes, on any day, in any folder. In a clone it packs what Git knows, as it lies here, with
# the version of the last commit; where there is no Git, all that lies here. The Python parts that Debian lacks come from
# .venv: where there is none, packaging/setup.sh makes it first, as ./run does, which downloads and may ask for your
# password; from then on nothing is downloaded. MAINTAINER="Name <address>" says who built it; COMPRESSION=none is quicker.
set -euo pipefail
out=$(realpath -m "${1:-$(dirname "${BASH_SOURCE[0]}")/../../build/deb}")
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

type -P dpkg-deb >/dev/null || {
    echo "Here is no dpkg-deb, which makes Debian packages. Build on Debian or Ubuntu, or install dpkg." >&2
    exit 1
}
[ -x .venv/bin/python ] || packaging/setup.sh run >&2
# Nothing of the builder's own shows in the package: its mask, language, time zone, settings of Python and of dpkg.
umask 022
exec env -i PATH="$PATH" HOME=/nonexistent LC_ALL=C.UTF-8 TZ=UTC \
    ${SOURCE_DATE_EPOCH:+SOURCE_DATE_EPOCH="$SOURCE_DATE_EPOCH"} ${MAINTAINER:+MAINTAINER="$MAINTAINER"} \
    ${COMPRESSION:+COMPRESSION="$COMPRESSION"} ${TMPDIR:+TMPDIR="$TMPDIR"} \
    .venv/bin/python -B packaging/linux/deb/build.py "$out"
