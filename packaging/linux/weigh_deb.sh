#!/usr/bin/env bash
# Prints what the Debian package costs on a clean Debian, beside Parlatype, another program for talks, of the same apt.
#
#   packaging/linux/weigh_deb.sh 12 [FILE.deb]    Debian 12 (or 13); needs root, and a network for apt
#
# Each row is a system of its own where nothing was before but debootstrap's least: packages that come, MB that are
# fetched, MB on the disk afterwards (as apt tells both), seconds for fetching, seconds for unpacking and setting up.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/prove_root.sh"

understand_debian "$@"
in_a_namespace "${BASH_SOURCE[0]}" "$@"

deb=${2:-$("$repo/packaging/linux/build_deb.sh" "$PROVE_WORK/built")}
since() { awk "BEGIN { printf \"%.0f\", $EPOCHREALTIME - $1 }"; }

# weigh WHAT NAME [OPTION]: a row of the table for a package, or a file at the root's top.
weigh() {
    local root=$PROVE_WORK/weighed log=$PROVE_WORK/apt.log started fetching
    unpack clean "$root"
    mount_in "$root"
    cp "$deb" "$root/desktopnotes.deb"
    apt_log "$log" "$root" update
    started=$EPOCHREALTIME
    apt_log "$log" "$root" install -y --download-only ${3:-} "$1"
    fetching=$(since "$started")
    started=$EPOCHREALTIME
    apt_log "$log.installed" "$root" install -y ${3:-} "$1"
    printf '%-44s %8s %11s %11s %8s %8s\n' "$2" "$(grep -oP '[0-9]+(?= newly installed)' "$log")" \
        "$(grep -oP 'Need to get ([0-9.,]+ .B/)?\K[0-9.,]+ .B' "$log")" \
        "$(grep -oP 'After this operation, \K[0-9.,]+ .B' "$log")" "$fetching s" "$(since "$started") s"
    unmount_in "$root"
    rm -rf --one-file-system "$root"
}

echo "Debian $debian; ${deb##*/} has $(awk "BEGIN { printf \"%.1f\", $(stat -c %s "$deb") / 1e6 }") MB"
printf '%-44s %8s %11s %11s %8s %8s\n' "" packages fetched "on disk" fetching setting
weigh /desktopnotes.deb "Desktop Notes"
weigh parlatype "Parlatype"
weigh /desktopnotes.deb "Desktop Notes, without what is recommended" --no-install-recommends
weigh parlatype "Parlatype, without what is recommended" --no-install-recommends
