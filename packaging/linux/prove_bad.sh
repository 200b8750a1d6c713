#!/usr/bin/env bash
# Proves that the installed package works on systems in a bad state, or says what to do, and prints what was seen.
#
#   packaging/linux/prove_bad.sh 12 [FILE.deb] [CASE]…    Debian 12 (or 13); needs root, and a network for apt
#
# Each case gets a fresh copy of one root (an overlay) and a new user. What the program shows and prints in each:
# build/prove/12-bad. The exit code is 0 only if all went as it should.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/prove_root.sh"

understand_debian "$@"
in_a_namespace "${BASH_SOURCE[0]}" "$@"
shift

results=$repo/build/prove/$debian-bad
root=$PROVE_WORK/root
cases=(no-plugins no-codecs no-vlc other-vlc-first only-other-vlc no-locale no-bus no-icons no-home odd-folders
    read-only-home small-screen two-versions)

# worsen CASE ROOT: makes a system bad.
worsen() {
    local vlc=$2/usr/lib/x86_64-linux-gnu/vlc library
    case $1 in
    no-plugins) in_root "$2" dpkg --force-depends --remove vlc-plugin-base vlc-plugin-video-output >/dev/null 2>&1 ;;
    no-codecs) rm -r "$vlc"/plugins/codec && in_root "$2" /usr/lib/x86_64-linux-gnu/vlc/vlc-cache-gen \
        /usr/lib/x86_64-linux-gnu/vlc/plugins ;;
    no-vlc) in_root "$2" dpkg --force-depends --remove libvlc5 >/dev/null 2>&1 ;;
    other-vlc-first | only-other-vlc)
        library=$(readlink -f "$2"/usr/lib/*/libvlc.so.5)
        cp "$library" "$2/usr/local/lib/libvlc.so.5"
        printf '\001' | dd of="$2/usr/local/lib/libvlc.so.5" bs=1 seek=4 conv=notrunc status=none # ELF: of 32 bits
        if [ "$1" = only-other-vlc ]; then
            in_root "$2" dpkg --force-depends --remove libvlc5 >/dev/null 2>&1
            cp "$2/usr/local/lib/libvlc.so.5" "$2/usr/lib/x86_64-linux-gnu/libvlc.so.5"
        fi
        ;;
    no-icons) rm -r "$2"/usr/share/icons ;;
    read-only-home) chown -R root:root "$2/home/someone" && chmod -R a+rX "$2/home/someone" ;; # Debian 13 makes it 0700
    two-versions) another_by_pip "$2" ;;
    esac
}

# another_by_pip ROOT: what pip install --user makes of a wheel of a later version.
another_by_pip() {
    local packages
    packages=$1/home/someone/.local/lib/$(in_root "$1" python3 -c 'import sys; print("python%d.%d" % sys.version_info[:2])')/site-packages
    mkdir -p "$packages" "$1/home/someone/.local/bin"
    cp -r "$1"/usr/share/desktopnotes/{desktopnotes,assets} "$1"/usr/share/desktopnotes/vendor/* "$packages/"
    sed -i 's/^__version__ = .*/__version__ = "9.9.9"/' "$packages/desktopnotes/__init__.py"
    printf '#!/usr/bin/python3\nimport sys\nfrom desktopnotes.__main__ import main\nsys.exit(main())\n' \
        >"$1/home/someone/.local/bin/desktopnotes"
    chmod +x "$1/home/someone/.local/bin/desktopnotes"
    in_root "$1" chown -R someone:someone /home/someone
}

mkdir -p "$results"
deb=
if [ -f "${1:-}" ]; then deb=$(realpath "$1") && shift; else deb=$("$repo/packaging/linux/build_deb.sh" | tail -n 1); fi
if [ $# != 0 ]; then cases=("$@"); fi
unpack desktop "$root"
mount_in "$root"
cp "$deb" "$root/root/"
apt_log "$results/apt.log" "$root" update
apt_log "$results/apt.log" "$root" install -y "/root/${deb##*/}"
unmount_in "$root"
cp -r "$repo/packaging/linux/proof" "$root/opt/"

failed=0
for case in "${cases[@]}"; do
    mkdir -p "$PROVE_WORK/$case"/{root,upper,work}
    bad=$PROVE_WORK/$case/root
    mount -t overlay overlay -o "lowerdir=$root,upperdir=$PROVE_WORK/$case/upper,workdir=$PROVE_WORK/$case/work" "$bad"
    mount_in "$bad"
    worsen "$case" "$bad"
    as_user someone "$bad" env PYTHONPATH=/opt python3 -B -m proof "$case" /tmp/results || failed=1
    cp "$bad"/tmp/results/{*.png,*.txt} "$results/" 2>/dev/null || true
    unmount_in "$bad"
    umount "$bad"
done
exit "$failed"
