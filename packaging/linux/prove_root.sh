# Clean Debian systems to prove things in; read by the scripts prove*.sh, never run by itself.
#
# Each is unpacked for one run into a folder of its own and goes with it. What debootstrap and apt fetched is kept
# as archives in build/roots, so that a repeat is quick. All mounts and processes live in namespaces: however a
# script ends, none of them stays.

repo=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
kept=$repo/build/roots
# What a desktop has anyway, and what presses keys and looks: a window manager, a menu that reads the entries of
# the installed programs, GLib's openers, a file manager for a real double click.
desktop_packages=(
    xvfb openbox jgmenu xdotool x11-utils dbus-daemon dbus-bin pcmanfm xdg-utils libglib2.0-bin libgtk-3-bin
    gir1.2-gtk-3.0 python3-gi shared-mime-info desktop-file-utils adwaita-icon-theme librsvg2-common python3
)

stop() {
    printf '%s\n' "$*" >&2
    exit 1
}

# understand_debian 12|13: sets `debian` and `release`.
understand_debian() {
    case ${1:-} in
    12) debian=12 release=bookworm ;;
    13) debian=13 release=trixie ;;
    *)
        echo "Usage: ${0##*/} 12|13" >&2
        exit 2
        ;;
    esac
    [ "$(id -u)" = 0 ] || stop "Only root can make a clean Debian; type: sudo $0 $*"
    local tool
    for tool in debootstrap unshare tar; do
        type -P "$tool" >/dev/null ||
            stop "A clean Debian is made by debootstrap, and $tool is not here; type: apt-get install debootstrap util-linux tar"
    done
}

# in_a_namespace SCRIPT ARGUMENTS…: runs the script again, where its mounts and processes end with it; PROVE_WORK is a
# folder for its roots that is gone afterwards.
in_a_namespace() {
    local child=
    [ -z "${PROVE_WORK:-}" ] || return 0
    PROVE_WORK=$(mktemp -d "${TMPDIR:-/var/tmp}/desktopnotes-prove.XXXXXX")
    export PROVE_WORK
    trap 'rm -rf --one-file-system "$PROVE_WORK"' EXIT
    # unshare itself passes over all softer signals; what it runs ends with it.
    trap 'kill -KILL "$child" 2>/dev/null || true; wait "$child" || true; exit 130' INT TERM HUP
    unshare --mount --pid --fork --kill-child --mount-proc "$@" &
    child=$!
    code=0
    wait "$child" || code=$?
    exit "$code"
}

# This machine's archives as lines of sources.list, for the wanted release.
archives() {
    local own
    own=$(. /etc/os-release && echo "$VERSION_CODENAME")
    apt-get indextargets --format 'deb $(SITE) $(RELEASE) $(COMPONENT)' "Created-By: Packages" |
        sort -u | sed -n "s/ $own\( \|-\)/ $release\1/p"
}

# mount_in ROOT: what programs need of a running system, and no more.
mount_in() {
    mount -t proc proc "$1/proc"
    mount -t tmpfs -o mode=1777 tmpfs "$1/dev/shm"
    mount -t devpts -o newinstance,ptmxmode=0666,mode=620 devpts "$1/dev/pts"
    mkdir -p "$kept/archives-$debian/partial" # what apt has loaded once
    mount --bind "$kept/archives-$debian" "$1/var/cache/apt/archives"
}

unmount_in() { umount "$1/var/cache/apt/archives" "$1/dev/pts" "$1/dev/shm" "$1/proc"; }

# in_root ROOT COMMAND…: as root, with an environment of its own.
in_root() {
    local root=$1
    shift
    env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C.UTF-8 \
        DEBIAN_FRONTEND=noninteractive "${network[@]}" chroot "$root" "$@" </dev/null
}

# as_user NAME ROOT COMMAND…: as an ordinary user without a network, in their home.
as_user() {
    local name=$1 root=$2
    shift 2
    env -i PATH=/usr/local/bin:/usr/bin:/bin:/usr/games LANG=C.UTF-8 HOME="/home/$name" USER="$name" \
        unshare --net "$(type -P chroot)" --userspec="$name:$name" "$root" sh -c 'cd && exec "$@"' - "$@" </dev/null
}

# The ways to the network of this machine are those of the root.
network=()
mapfile -t network < <(env | grep -E '^[a-zA-Z]+_proxy=' || true)

# apt_log FILE ROOT ARGUMENTS…: apt-get, told in a file; its last lines where it fails.
apt_log() {
    local log=$1 root=$2
    shift 2
    in_root "$root" apt-get -o Dpkg::Use-Pty=0 "$@" >"$log" 2>&1 || {
        tail -n 15 "$log" >&2
        stop "✗ apt-get $* failed (all it said is in $log)."
    }
}

# unpack clean|desktop ROOT: a fresh system; where none is kept yet, it is made first.
unpack() {
    local archive=$kept/$1-$debian.tar.gz
    "make_$1" "$archive"
    mkdir -p "$2"
    tar --numeric-owner -xzf "$archive" -C "$2"
    cp /etc/resolv.conf /etc/hosts "$2/etc/"
}

pack() {
    tar --numeric-owner --one-file-system -I 'gzip -1' -cf "$2.new" -C "$1" .
    mv "$2.new" "$2"
}

make_clean() {
    local mirror root=$PROVE_WORK/making
    [ ! -e "$1" ] || return 0
    mkdir -p "$kept"
    mirror=$(archives | awk -v release="$release" '$3 == release { print $2; exit }')
    [ -n "$mirror" ] || stop "apt knows no archive here that holds Debian $debian: see apt-get indextargets"
    echo "Making a clean Debian $debian with debootstrap, once, in about a minute"
    debootstrap --variant=minbase "$release" "$root" "$mirror" >"$kept/debootstrap-$debian.log" 2>&1 || {
        tail -n 5 "$kept/debootstrap-$debian.log" >&2
        stop "debootstrap failed (all it said is in $kept/debootstrap-$debian.log)"
    }
    archives >"$root/etc/apt/sources.list"
    apt-config dump Acquire | grep -E '^Acquire::(http|https|Check)' >"$root/etc/apt/apt.conf.d/00this-machine" || true
    pack "$root" "$1"
    rm -rf --one-file-system "$root"
}

make_desktop() {
    local root=$PROVE_WORK/making made_from
    made_from=$(printf '%s\n' "${desktop_packages[@]}" | sha256sum)
    if [ -e "$1" ] && [ "$(cat "$1.made-from")" = "$made_from" ]; then return 0; fi
    unpack clean "$root"
    echo "Putting a small desktop into it, once, in about two minutes"
    mount_in "$root"
    apt_log "$kept/desktop-$debian.log" "$root" update
    apt_log "$kept/desktop-$debian.log" "$root" install -y --no-install-recommends "${desktop_packages[@]}"
    in_root "$root" useradd --create-home --shell /bin/bash someone
    unmount_in "$root"
    pack "$root" "$1"
    rm -rf --one-file-system "$root"
    echo "$made_from" >"$1.made-from"
}
