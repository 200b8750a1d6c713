#!/usr/bin/env bash
# Makes this machine ready for ./run and ./test: Debian packages by apt, then .venv by pip, then Astro by npm.
# When nothing is missing it is silent, needs no network, and must stay well under a second.
#
#   packaging/setup.sh run      what the program needs
#   packaging/setup.sh tour     that, and a virtual screen for a machine without a display
#   packaging/setup.sh test     that, and what the tests and the linters need
#   packaging/setup.sh sites    that, and what really builds sites: Hugo, Jekyll, Astro; Chromium and pandoc to look at it
#   packaging/setup.sh faults   what the tests need, file systems to stop, Syncthing, and atheris, which fuzzes
#   packaging/setup.sh bench    what the tests need, and the players that the benchmarks compare with
#
# PYTHON=/path/to/python names the Python to build .venv on; else it is the system's own.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

# libvlc-bin writes down VLC's list of plugins: with it VLC starts in 6 ms, without it in 90.
# ffmpeg joins the picture and the sound of a download, which most sites keep apart.
packages=(libvlc5 libvlc-bin vlc-plugin-base vlc-plugin-video-output ffmpeg fonts-inter fonts-dejavu-core)
# The tests press real keys, and a window has the focus only where a window manager gives it.
screen_packages=(xvfb xdotool openbox)
test_packages=(desktop-file-utils x11-utils git dbus-daemon playerctl)
# What judges the menu entry, the kind of file and the software centre's page, and asks what a desktop makes of them.
test_packages+=(appstream shared-mime-info gtk-update-icon-cache libxml2-utils libglib2.0-bin)
test_packages+=(groff-base) # shows the manual page of the Debian package
# File systems to stop in the midst of a save; only root can mount them, and the table says where that is not so.
fault_packages=(e2fsprogs xfsprogs syncthing strace)
bench_packages=(mpv libmpv2 libxtst6)
python_packages=(python3 python3-venv python3-tk)
desktop_tools=(desktop-file-validate appstreamcli update-mime-database gtk-update-icon-cache xmllint gio)
bus_tools=(dbus-daemon gdbus playerctl) # what talks of media keys on a bus of the tests' own
test_tools=(Xvfb xdotool openbox ffmpeg "${desktop_tools[@]}" xprop cc git "${bus_tools[@]}" dpkg-deb groff)
site_tools=(hugo jekyll pandoc chromium npm)
astro=build/sites/astro # where it is installed and builds; what it is, tests/sites/astro says

stop() {
    printf '%s\n' "$*" >&2
    exit 1
}

# Sets what each purpose needs: Debian packages, tools on the PATH, extras of pyproject.toml.
understand() {
    purpose=$1 command=./run tools=() dev=
    case $purpose in
    run) ;;
    tour) tools=(Xvfb xdotool openbox) ;;
    test) tools=("${test_tools[@]}") dev=dev command=./test ;;
    sites) tools=("${test_tools[@]}" "${site_tools[@]}") dev=dev command="./test --sites" ;;
    faults) tools=("${test_tools[@]}" syncthing strace) dev=dev,fuzz command="./test --faults" ;;
    bench) tools=(Xvfb xdotool openbox ffmpeg mpv) dev=dev,bench command="packaging/setup.sh bench" ;;
    *) stop "Usage: packaging/setup.sh run|tour|test|sites|faults|bench" ;;
    esac
    if [ "$purpose" != run ]; then packages+=("${screen_packages[@]}"); fi
    if [ -n "$dev" ]; then packages+=("${test_packages[@]}"); fi
    # Any C compiler will do for the faults in the calls of the C library (tests/faults/shim.c).
    if [ -n "$dev" ] && ! have cc; then packages+=(gcc libc6-dev); fi
    if [ "$purpose" = faults ]; then packages+=("${fault_packages[@]}"); fi
    if [ "$purpose" = bench ]; then packages+=("${bench_packages[@]}"); fi
    if [ "$purpose" = sites ]; then add_site_packages; fi
}

# Packages and tools have one name here. A tool that came by another way stays: two Nodes would not get on.
add_site_packages() {
    local tool
    for tool in "${site_tools[@]}"; do have "$tool" || packages+=("$tool"); done
}

have() { type -P "$1" >/dev/null; }

recent() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }

complete() { recent "$1" && "$1" -c 'import ensurepip, tkinter' 2>/dev/null; }

# Sets `python`. The system's own comes first: apt can give it tkinter, and it stays where it is.
choose_python() {
    local candidate
    if [ -n "${PYTHON:-}" ]; then
        python=$PYTHON
        return
    fi
    if have apt-get && { [ ! -e /usr/bin/python3 ] || recent /usr/bin/python3; }; then
        python=/usr/bin/python3
        packages+=("${python_packages[@]}")
        return
    fi
    for candidate in /usr/bin/python3 python3.14 python3.13 python3.12 python3.11 python3; do
        if complete "$candidate"; then
            python=$(type -P "$candidate")
            return
        fi
    done
    stop "Desktop Notes needs Python 3.11 or newer with tkinter and venv, and this machine has none" \
        "(Debian 12 and Ubuntu 24.04 bring it). Once one is there, type: PYTHON=/path/to/python3 $command"
}

install_packages() {
    local missing as_root=() log
    # dpkg-query leaves out what it has never heard of, hence the comparison.
    missing=$(comm -23 <(printf '%s\n' "${packages[@]}" | sort) \
        <(dpkg-query -W -f '${db:Status-Status} ${Package}\n' "${packages[@]}" 2>/dev/null |
            sed -n 's/^installed //p' | sort -u) | paste -sd ' ')
    [ -n "$missing" ] || return 0
    if [ "$(id -u)" != 0 ]; then
        have sudo || stop "Some Debian packages are missing, and only root can install them." \
            "As root, type: apt-get update && apt-get install $missing"
        as_root=(sudo)
        # Where nobody can type a password, sudo must fail instead of waiting for one.
        [ -t 0 ] || as_root+=(-n)
    fi
    echo "Installing with apt, once, in about a minute: $missing" >&2
    log=$(mktemp)
    # An update may fail for an archive that has nothing to do with us: the install decides.
    "${as_root[@]}" apt-get update -qq >"$log" 2>&1 || true
    # shellcheck disable=SC2086  # one word per package
    if ! "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
        -o DPkg::Lock::Timeout=120 $missing >>"$log" 2>&1 </dev/null; then
        tail -n 5 "$log" >&2
        stop "apt could not install what is missing (all it said is in $log)." \
            "Type: ${as_root:+sudo }apt-get update && ${as_root:+sudo }apt-get install $missing"
    fi
    rm "$log"
}

# Without apt nothing can be installed here, only named. ./run goes on without VLC: its window says so.
name_what_is_missing() {
    local tool missing=
    [ "$purpose" != run ] || return 0
    for tool in "${tools[@]}"; do have "$tool" || missing+=" $tool"; done
    "$python" -c 'import ctypes.util, sys; sys.exit(not ctypes.util.find_library("vlc"))' || missing+=" libvlc"
    [ -z "$missing" ] || stop "Here is no apt to install what is missing:$missing." \
        "Install it with the system's own package manager, then type: $command"
}

# As long as what .venv was made from stays the same, there is nothing to do.
fingerprint() {
    {
        printf '%s\n' "$PWD"
        "$python" -c 'import sys; print(sys.executable, sys.version)'
        cat pyproject.toml packaging/setup.sh
    } | sha256sum
}

pip_install() {
    # Without a network the usual five tries for each package would take minutes.
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --retries 1 --editable "$1" 2>"$pip_log"
}

install_python_packages() {
    local extra pip_log
    pip_log=$(mktemp)
    echo "Installing Python packages into .venv, once, in about half a minute." >&2
    if ! pip_install ".[web,desktop${dev:+,$dev}]"; then
        if ! pip_install ".${dev:+[$dev]}"; then
            sed '/^WARNING/d' "$pip_log" | tail -n 5 >&2
            stop "pip could not install the Python packages (all it said is in $pip_log)." \
                "If there is no network, then once it is back, type: $command"
        fi
        for extra in web desktop; do
            pip_install ".[$extra]" ||
                echo "The extra \"$extra\" could not be installed; all else works without it." >&2
        done
    fi
    rm "$pip_log"
}

make_venv() {
    local made_from mark=.venv/ready-to-run
    [ -z "$dev" ] || mark=.venv/ready-to-test
    case $purpose in faults | bench) mark=.venv/ready-to-$purpose ;; esac
    made_from=$(fingerprint 2>/dev/null) || made_from=
    if [ "$(cat "$mark" 2>/dev/null)" = "$made_from" ] && [ -x .venv/bin/desktopnotes ] &&
        .venv/bin/python -c ''; then
        return
    fi
    complete "$python" || stop "Desktop Notes needs Python 3.11 or newer with tkinter and venv, and $python is not" \
        "(Debian 12 and Ubuntu 24.04 bring it). Once one is there, type: PYTHON=/path/to/python3 $command"
    if [ "$(cat .venv/made-from 2>/dev/null)" != "$made_from" ] || ! .venv/bin/python -m pip --version >/dev/null 2>&1; then
        rm -rf .venv
        "$python" -m venv .venv || stop "$python could not make $PWD/.venv: is the folder writable, the disk full?"
        printf '%s\n' "$made_from" >.venv/made-from
    fi
    install_python_packages
    # Else the first start does it, in half a second; every start, where Python is told to keep nothing compiled.
    .venv/bin/python -m compileall -q desktopnotes || true # a folder that cannot be written does without
    printf '%s\n' "$made_from" >"$mark"
    [ -z "$dev" ] || cp "$mark" .venv/ready-to-run
    case $purpose in faults | bench) cp "$mark" .venv/ready-to-test ;; esac
}

# Of each language whose .po is newer than the .mo that the program reads; without them it speaks English.
compile_words() {
    local words newer=
    for words in desktopnotes/locale/*/LC_MESSAGES/*.po; do
        if [ -e "$words" ] && [ ! "${words%.po}.mo" -nt "$words" ]; then newer=yes; fi
    done
    if [ -n "$newer" ]; then .venv/bin/python packaging/words.py compile || true; fi
}

# Astro comes with the Node that it wants, as those of Debian are too old for it. No script of a package runs.
install_astro() {
    local made_from npm_log
    made_from=$(cd tests/sites/astro && sha256sum package.json package-lock.json)
    [ "$(cat "$astro/ready" 2>/dev/null)" != "$made_from" ] || return 0
    echo "Installing Astro into $astro by npm, once, in about a minute." >&2
    mkdir -p "$astro"
    rm -f "$astro/ready"
    cp tests/sites/astro/{package.json,package-lock.json,.npmrc} "$astro/"
    npm_log=$(mktemp)
    if ! (cd "$astro" && npm ci --ignore-scripts --no-audit --no-fund) >"$npm_log" 2>&1 </dev/null; then
        sed '/^npm warn/Id' "$npm_log" | tail -n 5 >&2
        stop "npm could not install Astro (all it said is in $npm_log)." \
            "If there is no network, then once it is back, type: $command"
    fi
    rm "$npm_log"
    printf '%s\n' "$made_from" >"$astro/ready"
}

understand "${1:-}"
choose_python
if have apt-get; then install_packages; else name_what_is_missing; fi
make_venv
compile_words
if [ "$purpose" = sites ]; then install_astro; fi
