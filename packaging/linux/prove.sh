#!/usr/bin/env bash
# Proves that the Debian package works like any other program, on a clean Debian, and prints what was seen.
#
#   packaging/linux/prove.sh 12 [FILE.deb]    Debian 12 (or 13); needs root, and a network for apt
#
# Without a file the package is built first. It is installed by apt where nothing was before, then on a small desktop
# where a user starts it from the menu with real clicks, plays the sample, takes notes, exports, and opens what is
# double-clicked; it takes the place of the version before, and goes. The programs of the desktop run as an ordinary
# user, without a network. Screenshots and logs: build/prove/12. The exit code is 0 only if every step was seen.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/prove_root.sh"

understand_debian "$@"
in_a_namespace "${BASH_SOURCE[0]}" "$@"

results=$repo/build/prove/$debian
owner=someone earlier=anna

saw() { echo "✓ $*"; }
seconds() { awk "BEGIN { printf \"%.0f\", $EPOCHREALTIME - $1 }"; }

# count ROOT: how many packages are installed there.
count() { packages "$1" | wc -l; }

# packages ROOT: their names.
packages() { in_root "$1" dpkg-query -W -f '${db:Status-Abbrev} ${Package}\n' | sed -n 's/^ii  *//p' | sort; }

# files_of ROOT: all its files that stay, but for the users' own, and what apt and dpkg note down of themselves.
files_of() {
    (cd "$1" && find . -xdev \( -path ./proc -o -path ./dev -o -path ./tmp -o -path ./run -o -path ./home -o -path ./root \
        -o -path ./var/log -o -path ./var/lib/apt -o -path ./var/lib/dpkg -o -path ./var/cache/apt \
        -o -path ./var/cache/debconf \) -prune -o -print | sort)
}

# users_of ROOT: a sum of each file that the users have.
users_of() { (cd "$1/home" && find . -type f -print0 | sort -z | xargs -0 -r sha256sum); }

# part NAME USER ROOT: one part of the proof, by an ordinary user at a desktop.
part() {
    local code=0
    as_user "$2" "$3" env PYTHONPATH=/opt XDG_CURRENT_DESKTOP=LXDE python3 -B -m proof "$1" /tmp/results-"$2" || code=$?
    cp "$3/tmp/results-$2"/* "$results/" 2>/dev/null || true
    [ $code = 0 ] || stop "The step “$1” was not seen; screenshots: $results"
}

# install ROOT FILE WHAT: by apt, and tells what that took.
install() {
    local before log=$results/apt-$1.log started root=$PROVE_WORK/$1
    before=$(count "$root")
    cp "$2" "$root/root/"
    apt_log "$log" "$root" update
    started=$EPOCHREALTIME
    in_root "$root" sh -c "cd /root && apt-get -o Dpkg::Use-Pty=0 install -y ./${2##*/}" >"$log" 2>&1 || {
        tail -n 15 "$log" >&2
        stop "✗ expected apt-get install ./${2##*/} to go well (all it said is in $log)"
    }
    if grep -nE '^(E|W): |error|warning|failed|Traceback' -i "$log" | grep -viE "$usual_words" >&2; then
        stop "✗ expected no word of an error from apt (see $log)"
    fi
    saw "$3: $(($(count "$root") - before)) packages more, $(grep -oP 'Need to get ([0-9.,]+ [kMG]?B/)?\K.*(?= of archives)' "$log" || echo nothing)" \
        "to load, $(grep -oP 'operation, \K[0-9.,]+ [kMG]?B' "$log" || echo 0) on the disk, $(seconds "$started") s; no error"
}
# No init runs in a root; apt cannot drop its rights for a file in /root; packages are named so; no terminal.
usual_words='invoke-rc.d: WARNING|unsandboxed as root|liberror|libgpg-error|debconf|delaying package configuration|update-alternatives: warning'

# gone ROOT: nothing of ours is left, neither by name nor within what the system keeps of menus, types and icons.
gone() {
    local left
    left=$(files_of "$1" | grep -i desktopnotes || true)
    left+=$(grep -rlsi desktopnotes "$1"/usr/share/{applications,mime,icons,metainfo,man,doc} "$1"/etc "$1"/var/cache/man \
        "$1"/var/lib/dpkg/{info,alternatives,triggers} 2>/dev/null || true)
    [ -z "$left" ] || stop "✗ expected nothing of ours after the removal, but there is: $left"
}

# tell_what_stays ROOT: what came with us and is there still. apt leaves what any other package suggests, be it one of
# the base system; told to take that too it leaves what it protects, an init. Any file besides is what packages made.
tell_what_stays() {
    local suggested=$results/packages-suggested.txt protected=$results/packages-protected.txt left=$results/files-left.txt
    packages "$1" | comm -13 "$results/packages-before.txt" - >"$suggested"
    apt_log "$results/apt-autoremove.log" "$1" autoremove --purge -y \
        -o APT::AutoRemove::RecommendsImportant=false -o APT::AutoRemove::SuggestsImportant=false
    packages "$1" | comm -13 "$results/packages-before.txt" - >"$protected"
    files_of "$1" >"$results/files-at-last.txt"
    xargs -r chroot "$1" dpkg -L <"$protected" | sed -E 's#^/(bin|sbin|lib|lib64)/#/usr/\1/#; s#^#.#' | sort -u |
        comm -13 - <(comm -13 "$results"/files-{before,at-last}.txt) >"$left"
    saw "apt leaves $(wc -l <"$suggested") packages that others suggest ($(some "$suggested"));" \
        "$(wc -l <"$protected") of them are protected ($(some "$protected")), once the rest is gone too" \
        "$(wc -l <"$left") files more than before belong to no package ($(cut -d/ -f2-4 "$left" | uniq >"$left.top" && some "$left.top"))"
}

# some FILE: its first lines, in one.
some() { awk 'NR == 6 { print "…" } NR < 6' "$1" | paste -sd ' ' | sed 's/^$/none/'; }

# make_older FILE: the package of 0.1.0: that version's program, where Git has it.
make_older() {
    local tree=$PROVE_WORK/older first
    dpkg-deb -R "$1" "$tree"
    sed -i 's/^Version: .*/Version: 0.1.0/' "$tree/DEBIAN/control"
    rm -f "$tree/DEBIAN/md5sums"
    older_program="the same program"
    first=$(git -C "$repo" -c safe.directory="$repo" log -S'## 0.2.0' --format=%H -- CHANGELOG.md 2>/dev/null | tail -n 1) || true
    if [ -n "$first" ] && git -C "$repo" -c safe.directory="$repo" archive "$first^" desktopnotes assets/sample assets/icons \
        >"$PROVE_WORK/older.tar" 2>/dev/null; then
        rm -r "$tree"/usr/share/desktopnotes/desktopnotes "$tree"/usr/share/desktopnotes/assets/{sample,icons}
        tar -xf "$PROVE_WORK/older.tar" -C "$tree/usr/share/desktopnotes"
        older_program="the program of ${first:0:7}^"
    fi
    dpkg-deb --root-owner-group -Zgzip -b "$tree" "$PROVE_WORK" >/dev/null
    older=$(echo "$PROVE_WORK"/desktopnotes_0.1.0_all.deb)
}

rm -rf "$results"
mkdir -p "$results"
if [ -n "${2:-}" ]; then deb=$(realpath "$2"); else deb=$("$repo/packaging/linux/build_deb.sh" | tail -n 1); fi
[ -f "$deb" ] || stop "There is no package $deb"
name=$(. /dev/null; dpkg-deb -f "$deb" Version)
echo "Desktop Notes $name ($(stat -c %s "$deb" | numfmt --to=si)B) on a clean Debian $debian, $(date +%Y-%m-%d)"

# --- where nothing was before ---
root=$PROVE_WORK/clean
unpack clean "$root"
mount_in "$root"
files_of "$root" >"$results/files-before.txt"
packages "$root" >"$results/packages-before.txt"
install clean "$deb" "apt-get install on an empty system"
in_root "$root" useradd --create-home "$owner"
version=$(as_user "$owner" "$root" desktopnotes --version)
[ "$version" = "desktopnotes ${name%%[-~]*}" ] || [[ $version == "desktopnotes "* ]] || stop "✗ expected a version, not $version"
said=$(as_user "$owner" "$root" desktopnotes 2>&1) && stop "✗ expected a failure without a display" || true
saw "without a display: “$said”"
words=$(as_user "$owner" "$root" desktopnotes export /usr/share/desktopnotes/assets/sample/back-row-2025.talknotes.json \
    2>"$results/export.log" | wc -w)
[ "$words" -gt 50 ] || stop "✗ expected a post of the sample without a display"
saw "$version; desktopnotes export without a display: a post of $words words"
apt_log "$results/apt-purge-clean.log" "$root" purge -y --auto-remove desktopnotes
gone "$root"
saw "apt-get purge --auto-remove: nothing of ours is left"
tell_what_stays "$root"
unmount_in "$root"

# --- at a desktop ---
root=$PROVE_WORK/desktop
unpack desktop "$root"
mount_in "$root"
cp -r "$repo/packaging/linux/proof" "$root/opt/"
in_root "$root" useradd --create-home --shell /bin/bash "$earlier"
files_of "$root" >"$results/files-before.txt"
packages "$root" >"$results/packages-before.txt"
make_older "$deb"
install desktop "$older" "the version before (0.1.0, $older_program), beside a desktop"
part with-the-version-before "$earlier" "$root"
users_of "$root" >"$results/users-before.txt"
install desktop "$deb" "upgrade from 0.1.0 to $name"
users_of "$root" | cmp - "$results/users-before.txt" || stop "✗ expected the upgrade to leave the users' files as they were"
saw "the upgrade left all $(wc -l <"$results/users-before.txt") files of the users as they were, byte by byte"
part after-the-upgrade "$earlier" "$root"
part from-the-menu "$owner" "$root"
part files "$owner" "$root"

# --- and gone ---
users_of "$root" >"$results/users-before.txt"
apt_log "$results/apt-remove.log" "$root" remove -y desktopnotes
gone "$root"
as_user "$owner" "$root" jgmenu_run apps | grep -i 'desktop notes' && stop "✗ expected the menu without us"
as_user "$owner" "$root" gio mime application/vnd.desktopnotes+json 2>&1 | grep desktopnotes.desktop && stop "✗ expected no type of ours"
saw "apt-get remove: gone from the menu, from what opens files, and from the disk"
# A package without settings of its own in /etc is purged by its removal; what it needed goes now.
apt_log "$results/apt-purge.log" "$root" autoremove -y --purge
gone "$root"
in_root "$root" dpkg-query -W desktopnotes >/dev/null 2>&1 && stop "✗ expected dpkg to know nothing of the package any more"
users_of "$root" | cmp - "$results/users-before.txt" || stop "✗ expected the removal to leave the users' files as they were"
saw "apt-get autoremove --purge: all $(wc -l <"$results/users-before.txt") files of the users are as they were, nothing of ours is left"
tell_what_stays "$root"
echo "All of it was seen. Screenshots: build/prove/$debian"
