"""./run, ./test and packaging/setup.sh on machines made of stand-ins: nothing is really installed."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

REPO = Path(__file__).resolve().parent.parent
ASTRO = ("tests/sites/astro/package.json", "tests/sites/astro/package-lock.json", "tests/sites/astro/.npmrc")
PARTS = ("run", "test", ".ci/run", "packaging/setup.sh", "pyproject.toml", *ASTRO)
PLAIN_TOOLS = (
    *(
        "bash",
        "cat",
        "chrt",
        "comm",
        "cp",
        "dirname",
        "env",
        "grep",
        "mkdir",
        "mktemp",
        "nice",
        "paste",
        "readlink",
        "rm",
    ),
    *("sed", "sha256sum", "sort", "tail", "touch", "chmod"),
)

# One file plays every Python: the system's, and the one in .venv, where pip "installs" the program.
PYTHON = """
case $* in
*version_info*) [ ! -e "$MACHINE/old-python" ] ;;
*sys.version*) cat "$MACHINE/python-version" ;;
"-m venv .venv")
    mkdir -p .venv/bin
    cp "$0" .venv/bin/python ;;
*"pip install"*"web"*) [ ! -e "$MACHINE/no-network" ] && [ ! -e "$MACHINE/no-extras" ] && made=yes ;;
*"pip install"*) [ ! -e "$MACHINE/no-network" ] && made=yes ;;
*find_library*) [ ! -e "$MACHINE/no-vlc" ] ;;
esac || exit 1
if [ -n "${made:-}" ]; then
    for tool in desktopnotes ruff mypy pytest; do
        cp "$MACHINE/bin/tool" .venv/bin/$tool
    done
fi
"""

DPKG = """
shift 2
for package; do
    if grep -qx "$package" "$MACHINE/packages"; then echo "installed $package"; fi
done
"""

APT = """
[ ! -e "$MACHINE/no-network" ] || exit 100
case $* in
install*) for word; do case $word in -*) ;; *) echo "$word" >>"$MACHINE/packages" ;; esac; done ;;
esac
"""

NPM = """
[ ! -e "$MACHINE/no-network" ] || { echo "npm error network" >&2; exit 1; }
mkdir -p node_modules
"""

TOOL = """
[ ! -e "$MACHINE/${0##*/}-fails" ]
"""


class Machine:
    """A machine with nothing but a shell: `program` adds a stand-in that logs how it was called."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "machine"
        self.checkout = folder / "Desktop Notes"
        self.bin = self.folder / "bin"
        self.bin.mkdir(parents=True)
        self.environment = {"PATH": str(self.bin), "MACHINE": str(self.folder), "TMPDIR": str(folder)}
        for tool in PLAIN_TOOLS:
            (self.bin / tool).symlink_to(shutil.which(tool) or tool)
        for part in PARTS:
            (self.checkout / part).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(REPO / part, self.checkout / part)
        self.know("python-version", "3.11")
        self.know("packages")
        self.program("tool", TOOL)
        self.program("some-python", PYTHON)
        self.program("id", "echo 0")
        self.environment["PYTHON"] = str(self.bin / "some-python")

    def know(self, fact: str, text: str = "") -> None:
        (self.folder / fact).write_text(text)

    def program(self, name: str, body: str) -> None:
        log = 'printf "%s\\n" "${0##*/} $*" >>"$MACHINE/log"'
        (self.bin / name).write_text(f"#!/bin/bash\n{log}\n{body}")
        (self.bin / name).chmod(0o755)

    def has_apt(self) -> None:
        self.program("apt-get", APT)
        self.program("dpkg-query", DPKG)

    def calls(self, *command: str) -> subprocess.CompletedProcess[str]:
        """Runs a command in the checkout, with an empty log."""
        self.know("log")
        return subprocess.run(
            command,
            cwd=self.checkout,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=60,
        )

    @property
    def log(self) -> str:
        return (self.folder / "log").read_text()

    @property
    def installed(self) -> set[str]:
        return set((self.folder / "packages").read_text().split())


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


@pytest.fixture
def debian(machine: Machine) -> Machine:
    machine.has_apt()
    return machine


SETUP = "packaging/setup.sh"


def test_what_is_missing_is_installed_once(debian: Machine) -> None:
    first = debian.calls(SETUP, "run")
    assert first.returncode == 0, first.stderr
    assert {"libvlc5", "vlc-plugin-base"} <= debian.installed
    assert "xvfb" not in debian.installed
    assert "pip install" in debian.log
    assert "-m compileall" in debian.log.partition("pip install")[2]
    again = debian.calls(SETUP, "run")
    assert (again.returncode, again.stdout, again.stderr) == (0, "", "")
    assert "apt-get" not in debian.log
    assert "pip" not in debian.log


def test_the_tests_need_more_and_leave_a_machine_that_runs(debian: Machine) -> None:
    assert debian.calls(SETUP, "test").returncode == 0
    assert {"xvfb", "xdotool", "openbox", "ffmpeg"} <= debian.installed
    assert "[web,desktop,dev]" in debian.log
    assert debian.calls(SETUP, "run").returncode == 0
    assert "pip" not in debian.log


def test_a_c_compiler_is_installed_only_where_there_is_none(debian: Machine) -> None:
    assert debian.calls(SETUP, "test").returncode == 0
    assert {"gcc", "libc6-dev"} <= debian.installed
    debian.know("packages")
    debian.program("cc", "")
    assert debian.calls(SETUP, "test").returncode == 0
    assert "gcc" not in debian.installed


def test_the_benchmarks_need_more_and_leave_a_machine_that_tests(debian: Machine) -> None:
    assert debian.calls(SETUP, "test").returncode == 0
    assert debian.calls(SETUP, "bench").returncode == 0
    assert {"mpv", "libmpv2"} <= debian.installed
    assert "[web,desktop,dev,bench]" in debian.log
    for purpose in ("bench", "test", "run"):
        assert debian.calls(SETUP, purpose).returncode == 0
        assert "pip" not in debian.log


def test_real_sites_need_more_and_leave_a_machine_that_tests(debian: Machine) -> None:
    debian.program("npm", NPM)  # as from elsewhere: Debian's own would not get on with the Node it came with
    assert debian.calls("./test", "--sites", "-k", "hugo").returncode == 0
    assert {"hugo", "jekyll", "pandoc", "chromium", "xvfb"} <= debian.installed
    assert "npm" not in debian.installed
    assert "npm ci --ignore-scripts" in debian.log
    assert debian.log.endswith("python -m pytest tests/sites --sites -k hugo\n")
    for purpose in ("sites", "test", "run"):
        assert debian.calls(SETUP, purpose).returncode == 0
        assert "npm" not in debian.log
        assert "pip" not in debian.log


def test_astro_is_installed_anew_when_another_is_wanted(debian: Machine) -> None:
    debian.program("npm", NPM)
    assert debian.calls(SETUP, "sites").returncode == 0
    (debian.checkout / ASTRO[0]).write_text("{}")
    assert debian.calls(SETUP, "sites").returncode == 0
    assert "npm ci" in debian.log
    assert (debian.checkout / "build/sites/astro/package.json").read_text() == "{}"


def test_without_a_network_npm_fails_in_a_sentence_and_the_next_call_goes_on(debian: Machine) -> None:
    debian.program("npm", NPM)
    debian.calls(SETUP, "test")
    for tool in ("hugo", "jekyll", "pandoc", "chromium"):
        debian.program(tool, "")
    debian.know("no-network")
    ended = debian.calls(SETUP, "sites")
    assert ended.returncode == 1
    assert "npm could not install Astro" in ended.stderr
    assert "once it is back, type: ./test --sites" in ended.stderr
    (debian.folder / "no-network").unlink()
    assert debian.calls(SETUP, "sites").returncode == 0


def test_what_astro_is_made_of_names_no_registry() -> None:
    lock = (REPO / ASTRO[1]).read_text(encoding="utf-8")
    assert '"integrity": "sha512-' in lock
    assert "resolved" not in lock


def test_the_systems_own_python_gets_tkinter_from_apt(debian: Machine) -> None:
    del debian.environment["PYTHON"]
    debian.know("no-network")  # so that apt is asked and fails, and no real .venv is made of a real Python
    debian.calls(SETUP, "run")
    assert (" python3-tk " in debian.log) == (_version("/usr/bin/python3") >= (3, 11))


def _version(python: str) -> tuple[int, ...]:
    """Of a machine without it a new enough one is expected: apt brings it."""
    if not Path(python).exists():
        return (3, 11)
    code = "import sys; print(*sys.version_info[:2])"
    answer = subprocess.run([python, "-c", code], capture_output=True, text=True, check=True)
    return tuple(map(int, answer.stdout.split()))


@pytest.mark.parametrize("change", ["python", "pyproject", "place"])
def test_venv_is_made_anew_when_what_it_was_made_from_changes(debian: Machine, change: str) -> None:
    debian.calls(SETUP, "run")
    (debian.checkout / ".venv/old").touch()
    if change == "python":
        debian.know("python-version", "3.13")
    elif change == "pyproject":
        (debian.checkout / "pyproject.toml").write_text("[project]\n")
    else:
        debian.checkout = debian.checkout.rename(debian.checkout.with_name("elsewhere"))
    assert debian.calls(SETUP, "run").returncode == 0
    assert "-m venv .venv" in debian.log
    assert not (debian.checkout / ".venv/old").exists()


def test_words_are_compiled_when_they_are_newer_than_what_the_program_reads(debian: Machine) -> None:
    folder = debian.checkout / "desktopnotes/locale/pt_BR/LC_MESSAGES"
    folder.mkdir(parents=True)
    po, mo = folder / "desktopnotes.po", folder / "desktopnotes.mo"
    po.touch()
    compiles = "python packaging/words.py compile"
    assert debian.calls(SETUP, "run").returncode == 0
    assert compiles in debian.log
    mo.touch()
    os.utime(po, (1_000_000, 1_000_000))
    assert debian.calls(SETUP, "run").returncode == 0
    assert compiles not in debian.log
    os.utime(mo, (500_000, 500_000))
    assert debian.calls(SETUP, "run").returncode == 0
    assert compiles in debian.log


@pytest.mark.parametrize("lost", ["ready-to-run", "bin/python", "bin/desktopnotes", "made-from"])
def test_a_broken_venv_is_mended(debian: Machine, lost: str) -> None:
    debian.calls(SETUP, "run")
    (debian.checkout / ".venv" / lost).unlink()
    assert debian.calls(SETUP, "run").returncode == 0
    assert ("pip install" in debian.log) == (lost != "made-from")
    assert (debian.checkout / ".venv/bin/desktopnotes").exists()
    assert debian.calls(SETUP, "run").stderr == ""


def test_without_root_and_sudo_one_sentence_says_what_to_type(debian: Machine) -> None:
    debian.program("id", "echo 1000")
    ended = debian.calls(SETUP, "run")
    assert ended.returncode == 1
    assert ended.stderr.count("\n") == 1
    assert "type: apt-get update && apt-get install" in ended.stderr
    assert "libvlc5" in ended.stderr
    assert not (debian.checkout / ".venv").exists()


def test_an_ordinary_user_installs_with_sudo_that_never_waits_for_a_password(debian: Machine) -> None:
    debian.program("id", "echo 1000")
    debian.program("sudo", 'shift; exec "$@"')
    assert debian.calls(SETUP, "run").returncode == 0
    assert "sudo -n env DEBIAN_FRONTEND=noninteractive apt-get install" in debian.log
    assert "libvlc5" in debian.installed


def test_without_a_network_apt_fails_in_a_sentence(debian: Machine) -> None:
    debian.know("no-network")
    ended = debian.calls(SETUP, "run")
    assert ended.returncode == 1
    assert "Type: apt-get update && apt-get install" in ended.stderr


def test_without_a_network_pip_fails_in_a_sentence_and_the_next_call_goes_on(debian: Machine) -> None:
    debian.calls(SETUP, "run")
    (debian.checkout / "pyproject.toml").write_text("[project]\n")
    debian.know("no-network")
    ended = debian.calls(SETUP, "run")
    assert ended.returncode == 1
    assert "once it is back, type: ./run" in ended.stderr
    (debian.folder / "no-network").unlink()
    assert debian.calls(SETUP, "run").returncode == 0
    assert "pip install" in debian.log


def test_an_extra_that_fails_is_named_and_stops_nothing(debian: Machine) -> None:
    debian.know("no-extras")
    ended = debian.calls(SETUP, "run")
    assert ended.returncode == 0
    assert 'The extra "web" could not be installed' in ended.stderr
    assert 'The extra "desktop"' not in ended.stderr


def test_an_old_python_is_refused(debian: Machine) -> None:
    debian.know("old-python")
    ended = debian.calls(SETUP, "run")
    assert ended.returncode == 1
    assert "needs Python 3.11 or newer with tkinter" in ended.stderr
    assert not (debian.checkout / ".venv").exists()


def test_without_apt_the_program_runs_with_what_is_there(machine: Machine) -> None:
    machine.know("no-vlc")
    assert machine.calls(SETUP, "run").returncode == 0


def test_without_apt_the_tests_name_what_is_missing(machine: Machine) -> None:
    machine.know("no-vlc")
    machine.program("xdotool", "")
    ended = machine.calls("./test")
    assert ended.returncode == 1
    desktop = "desktop-file-validate appstreamcli update-mime-database gtk-update-icon-cache xmllint gio"
    bus = "dbus-daemon gdbus playerctl"
    assert f"missing: Xvfb openbox ffmpeg {desktop} xprop cc git {bus} dpkg-deb groff libvlc." in ended.stderr
    assert ended.stderr.count("\n") == 1


def test_run_hands_its_arguments_to_the_program(debian: Machine) -> None:
    assert debian.calls("./run", "export", "my talks.talknotes.json").returncode == 0
    assert debian.log.endswith("desktopnotes export my talks.talknotes.json\n")


def test_run_with_a_display_opens_the_window(debian: Machine) -> None:
    debian.environment["DISPLAY"] = ":0"
    assert debian.calls("./run").returncode == 0
    assert debian.log.endswith("desktopnotes \n")
    assert "xvfb" not in debian.installed


def test_run_without_a_display_makes_the_tour(debian: Machine) -> None:
    assert debian.calls("./run").returncode == 0
    assert debian.log.endswith("python -m tests.tour\n")
    assert {"xvfb", "xdotool", "openbox"} <= debian.installed


def test_run_works_from_another_folder_and_through_a_link(debian: Machine, tmp_path: Path) -> None:
    (tmp_path / "notes").symlink_to(debian.checkout / "run")
    ended = debian.calls("env", "-C", "/", str(tmp_path / "notes"), "check")
    assert ended.returncode == 0, ended.stderr
    assert debian.log.endswith("desktopnotes check\n")


def test_test_checks_everything_and_ends_with_pytest(debian: Machine) -> None:
    assert debian.calls(".ci/run").returncode == 0
    checks = [line for line in debian.log.splitlines() if line.startswith(("ruff", "mypy", "pytest"))]
    calls = [check.split(" --cache")[0].split(" -o")[0] for check in checks]
    typed = sorted(call for call in calls if call.startswith("mypy"))  # at the same time as the first tests
    assert typed == [f"mypy --platform {each}" for each in ("darwin", "linux", "win32")]
    calls = [call for call in calls if call not in typed]
    pure = ("tests/model", "tests/export", "tests/actions", "tests/storage")
    assert calls[:3] == [
        "ruff check .",
        "ruff format --check .",
        f"pytest -m not libvlc {' '.join(f'--ignore={each}' for each in pure)}"
        " -n 2 --dist loadfile --max-worker-restart 0",
    ]
    assert sorted(calls[3:]) == ["pytest -m libvlc", f"pytest {' '.join(pure)}"]  # side by side


def test_test_says_that_the_real_sites_were_not_built(debian: Machine) -> None:
    said = debian.calls("./test").stdout
    assert [line for line in said.splitlines() if "--sites" in line] == [
        "── not run: tests/sites, where Hugo, Jekyll, Astro, Chromium and pandoc really take the exports"
        " (./test --sites)"
    ]


def test_what_takes_long_runs_when_it_is_asked_for(debian: Machine) -> None:
    assert "── not run: every state on every screen" in debian.calls("./test").stdout
    assert "every state" not in debian.calls("./test", "--thorough").stdout
    assert [line for line in debian.log.splitlines() if line.startswith("pytest")][-1].endswith(" --thorough")


def test_what_breaks_things_runs_when_it_is_asked_for_and_ends_with_the_table(debian: Machine) -> None:
    assert [line for line in debian.calls("./test").stdout.splitlines() if "--faults" in line] == [
        "── not run: every call killed, failed and torn, power cuts, and more that breaks things"
        " (./test --faults)"
    ]
    assert debian.calls("./test", "--faults").returncode == 0
    assert [line.split(" -m ", 1)[1] for line in debian.log.splitlines()[-3:]] == [
        "pytest -m faults and not alone -n 2 --dist worksteal --faults",
        "pytest -m faults and alone --faults",
        "tests.faults.promises",
    ]
    assert {"xfsprogs", "xvfb"} <= debian.installed
    debian.calls("./test", "--faults", "-k", "power")
    assert "python -m pytest -m faults --faults -k power\n" in debian.log


@pytest.mark.parametrize("failing", ["ruff", "mypy", "pytest"])
def test_test_fails_with_any_of_its_checks_but_runs_them_all(debian: Machine, failing: str) -> None:
    debian.know(f"{failing}-fails")
    ended = debian.calls("./test")
    assert ended.returncode == 1
    assert f"Failed: {failing}" in ended.stderr
    assert "\npytest" in debian.log


def test_test_with_arguments_is_pytest_alone(debian: Machine) -> None:
    debian.calls("./test", "-k", "stamp")
    assert debian.log.endswith("python -m pytest -k stamp\n")
    assert "ruff" not in debian.log


def test_help_says_what_test_does(debian: Machine) -> None:
    assert "./test -k stamp" in debian.calls("./test", "--help").stdout
    assert debian.log == ""


def test_the_environment_of_a_test_is_not_the_users(home: Path) -> None:
    assert Path.home() == home
    assert os.environ["XDG_CONFIG_HOME"].startswith(str(home))
