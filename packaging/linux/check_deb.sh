#!/usr/bin/env bash
# Checks the Debian package as Debian would: lintian must have nothing to say, man no warning, and two builds no
# difference. Prints what it saw; any remark fails.
#
#   packaging/linux/check_deb.sh          needs lintian and man-db
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
type -P lintian man >/dev/null || {
    echo "These checks need lintian and man; type: apt-get install --no-install-recommends lintian man-db" >&2
    exit 1
}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
one=$(packaging/linux/build_deb.sh "$folder/one")
other=$(umask 077 && TZ=Asia/Tokyo packaging/linux/build_deb.sh "$folder/other")
cmp "$one" "$other"
echo "two builds: the same $(stat -c %s "$one") bytes of ${one##*/}"

# root runs it here and there, and lintian warns of that on its standard error alone.
remarks=$(lintian --display-info --pedantic --tag-display-limit 0 "$one" 2>/dev/null) || remarks+="
lintian failed"
[ -z "$remarks" ] || { echo "$remarks" >&2; exit 1; }
echo "$(lintian --version 2>/dev/null): no error, no warning, no remark, nothing pedantic beyond what lintian-overrides explains"

dpkg-deb --extract "$one" "$folder/root"
for language in C.UTF-8 C; do
    remarks=$(LC_ALL=$language MANWIDTH=80 man --warnings -l "$folder/root/usr/share/man/man1/desktopnotes.1.gz" 2>&1 >/dev/null)
    [ -z "$remarks" ] || { echo "$remarks" >&2; exit 1; }
done
echo "man: no warning, in UTF-8 and in ASCII"
