#!/usr/bin/env bash
# Proves that ./run and ./test work on a machine where nothing was installed, and times them.
#
#   packaging/prove_empty_root.sh 12               Debian 12 (or 13); takes some minutes, needs root
#   packaging/prove_empty_root.sh 13 --work-tree   with what is not committed yet
#   packaging/prove_empty_root.sh 12 --sites       ./test --sites instead
#
# An empty Debian is made with debootstrap, once, and each command gets a fresh copy of it (an overlay): first as
# somebody who may not install anything, who must get one plain sentence; then as root with a network; then again
# without a network. Archives, certificates and pip's settings are those of this machine. All mounts live in a mount
# namespace, so they go with this process however it ends. Logs and roots stay in $ROOTS (/tmp/desktopnotes-roots).
set -euo pipefail

roots=${ROOTS:-/tmp/desktopnotes-roots}
repo=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
place="/home/someone/Desktop Notes" # with a space, on purpose

case ${1:-} in
12) debian=12 release=bookworm ;;
13) debian=13 release=trixie ;;
*)
    echo "Usage: packaging/prove_empty_root.sh 12|13 [--work-tree|--sites]" >&2
    exit 2
    ;;
esac
if [ "$(id -u)" != 0 ]; then
    echo "Only root can make an empty system; type: sudo packaging/prove_empty_root.sh $*" >&2
    exit 1
fi
if [ "${IN_A_NAMESPACE:-}" != yes ]; then
    exec env IN_A_NAMESPACE=yes unshare --mount --pid --fork --kill-child --mount-proc "${BASH_SOURCE[0]}" "$@"
fi

base=$roots/debian-$1
source_of_files=${2:-clone}
commands=(./run ./test)
if [ "${2:-}" = --sites ]; then commands=("./test --sites"); fi

# This machine's archives as lines of sources.list, for the wanted release.
archives() {
    local own
    own=$(. /etc/os-release && echo "$VERSION_CODENAME")
    apt-get indextargets --format 'deb $(SITE) $(RELEASE) $(COMPONENT)' "Created-By: Packages" |
        sort -u | sed -n "s/ $own\( \|-\)/ $release\1/p"
}

# Paths of this machine that pip reads: its settings, and the files and folders that these name.
pip_places() {
    printf '%s\n' /etc/pip.conf /etc/xdg/pip /root/.config/pip /root/.pip
    # Here a machine's own certificates survive that the package ca-certificates is installed.
    echo /usr/local/share/ca-certificates
    {
        cat /etc/pip.conf /etc/xdg/pip/* /root/.config/pip/* /root/.pip/* 2>/dev/null || true
        env | grep '^PIP_' || true
    } | { grep -oE '(file://)?/[^ ,:]+' || true; } |
        sed -E 's#^file://(.*)/[^/]+/?$#\1#' # an index names files beside itself
}

make_base() {
    local mirror
    [ ! -e "$base/made" ] || return 0
    type -P debootstrap ip >/dev/null || apt-get install -y -qq --no-install-recommends debootstrap iproute2 >/dev/null
    mirror=$(archives | awk -v release=$release '$3 == release { print $2; exit }')
    echo "Making an empty Debian $1 in $base"
    rm -rf "$base"
    mkdir -p "$base"
    debootstrap --variant=minbase "$release" "$base" "$mirror" >"$base.log"
    touch "$base/made"
}

# A fresh copy of the empty system in $root, with this machine's way to the network and a clean copy of the project.
make_root() {
    local path
    root=$roots/root-$release-$1
    rm -rf "$root" "$root.upper" "$root.work"
    mkdir -p "$root" "$root.upper" "$root.work"
    mount -t overlay overlay -o "lowerdir=$base,upperdir=$root.upper,workdir=$root.work" "$root"
    mount -t proc proc "$root/proc"
    mount -t tmpfs tmpfs "$root/dev/shm"
    mount -t devpts -o newinstance,ptmxmode=0666 devpts "$root/dev/pts"
    cp /etc/resolv.conf /etc/hosts "$root/etc/"
    archives >"$root/etc/apt/sources.list"
    apt-config dump Acquire | grep -E '^Acquire::(http|https|Check)' >"$root/etc/apt/apt.conf.d/00this-machine" || true
    pip_places | sort -u | while read -r path; do
        if [ -e "$root$path" ]; then
            continue # nothing of the empty system is replaced
        elif [ -f "$path" ]; then
            install -D -m 644 "$path" "$root$path"
        elif [ -d "$path" ]; then
            mkdir -p "$root$path"
            mount --bind -o ro "$path" "$root$path"
        fi
    done
    mkdir -p "$root$place"
    if [ "$source_of_files" = --work-tree ]; then
        git -C "$repo" ls-files -coz --exclude-standard | (cd "$repo" && xargs -0 cp --parents -t "$root$place")
    else
        git clone --quiet --no-local "$repo" "$root$place"
    fi
}

# Where npm gets its packages from here, if it is here.
npm_places() {
    local setting
    for setting in registry cafile; do
        if type -P npm >/dev/null; then echo "npm_config_$setting=$(npm config get "$setting")"; fi
    done | grep -v '=\(null\|undefined\)$' || true
}

# inside LOG [chroot's options] COMMAND…: its exit code, with its output in LOG.
inside() {
    local log=$1 variables
    shift
    mapfile -t variables < <(env | grep -E '^PIP_|^[a-zA-Z]+_proxy=' || true; npm_places)
    env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root CI=true "${variables[@]}" \
        "${network[@]}" chroot "$@" >"$log" 2>&1 </dev/null
}

say() { printf '%-20s %-18s %8s  %s\n' "$@"; }

# try WHAT WHEN COMMAND: runs it in $root, tells how long it took and how it ended; a failure is remembered.
try() {
    local log started code=0
    log=$roots/$release-${1#./}-${2%%[ ,]*}.log
    started=$EPOCHREALTIME
    inside "$log" "$root" bash -c "cd '$place' && $1" || code=$?
    say "Debian $debian  $1" "$2" "$(awk "BEGIN { printf \"%.1f s\", $EPOCHREALTIME - $started }")" \
        "$([ $code = 0 ] && echo passed || echo "FAILED with $code: $log")"
    [ $code = 0 ] || failed=yes
}

# Who may install nothing gets one sentence and a failure, and nothing changes.
refuse() {
    local log=$roots/$release-${1#./}-refused.log code=0
    inside "$log" --userspec=nobody "$root" bash -c "cd '$place' && $1" || code=$?
    if [ $code != 0 ] && [ "$(wc -l <"$log")" = 1 ] && grep -q 'type: apt-get' "$log"; then
        say "Debian $debian  $1" "without rights" "" "says: $(cut -c1-60 "$log")…"
    else
        say "Debian $debian  $1" "without rights" "" "FAILED with $code: $log"
        failed=yes
    fi
}

make_base "$1"
failed=no
for command in "${commands[@]}"; do
    name=${command#./}
    make_root "${name// /}"
    network=()
    refuse "$command"
    try "$command" "first"
    network=(unshare --net sh -c 'ip link set lo up && exec "$@"' -) # like any machine, with itself to talk to
    try "$command" "again, no network"
done
[ $failed = no ]
