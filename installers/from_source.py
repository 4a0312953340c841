#!/usr/bin/env python3
"""Runs, tests and measures Desktop CRM from a checkout: makes `.venv` beside this folder and starts the rest in it.

Needs Python 3.11 and its standard library, nothing else. What is installed comes from `requirements.txt` (to run) and
`requirements-dev.txt` (to test) beside this file, both with hashes; `lock` writes them anew.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import json
import os
import shlex
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
STAMP = VENV / "desktop-crm.json"
LOCKS = {"run": ROOT / "installers" / "requirements.txt", "dev": ROOT / "installers" / "requirements-dev.txt"}
OLDEST = (3, 11)
UV = "uv==0.13.8"

QT_PACKAGES = tuple("libegl1 libgl1 libglib2.0-0 libxkbcommon0 libdbus-1-3 libfontconfig1 libgssapi-krb5-2".split())
"""What Qt is linked against and a bare Debian does not have; what these need in turn comes with them."""
X11_PACKAGES = tuple(
    "libx11-xcb1 libxkbcommon-x11-0 libxcb-cursor0 libxcb-icccm4 libxcb-keysyms1 libxcb-randr0 libxcb-shape0 "
    "libxcb-sync1 libxcb-xfixes0".split()
)
WAYLAND_PACKAGES = ("libwayland-client0", "libwayland-cursor0", "libwayland-egl1")
PROGRAM_PACKAGES = (*QT_PACKAGES, *X11_PACKAGES, *WAYLAND_PACKAGES, "libcups2")
"""For a window on either kind of screen, and for printers."""
TEST_PACKAGES = ("poppler-utils", "qpdf", "gnome-keyring", "dbus", "xvfb")

FAILED = 1
CANNOT = 2
"""Exit code when something is missing that this script may not or cannot install."""
INTERRUPTED = 130


class Stop(Exception):
    """Ends the run with a sentence for the person and an exit code."""

    def __init__(self, sentence: str, code: int = CANNOT) -> None:
        super().__init__(sentence)
        self.code = code


def tell(line: str) -> None:
    """One plain line of progress; results alone go to standard output."""
    print(line, file=sys.stderr, flush=True)


# System packages


def is_debian() -> bool:
    """Whether packages are Debian's here (Debian, Ubuntu and their children)."""
    return shutil.which("dpkg-query") is not None and shutil.which("apt-get") is not None


def missing_packages(names: tuple[str, ...]) -> list[str]:
    """Those Debian packages that are not installed, under this name or under a newer one that stands in for it."""
    # Newer systems call some of them libcups2t64 and the like, which provides the name they had before.
    query = ["dpkg-query", "--show", "--showformat=${db:Status-Status}, ${Package}, ${Provides}\\n"]
    listed = subprocess.run(query, capture_output=True, text=True, check=False).stdout.splitlines()
    return not_among(names, listed)


def not_among(names: tuple[str, ...], listed: list[str]) -> list[str]:
    """The names that no installed package has or provides; a line is its state, its name and what it provides."""
    there: set[str] = set()
    for line in listed:
        state, *provided = line.split(", ")
        if state == "installed":
            there.update(word.split(" ")[0] for word in provided)
    return [name for name in names if name not in there]


def missing_for_venv() -> list[str]:
    """Debian ships Python without the part that puts pip into a new environment."""
    return [] if importlib.util.find_spec("ensurepip") else ["python3-venv"]


def apt_install(names: list[str]) -> None:
    """Installs packages as root, with a fresh package list if the present one does not do."""
    tell(f"Installing system packages: {' '.join(names)}")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive", "LC_ALL": "C"}
    install = ["apt-get", "install", "--yes", "--quiet", "--no-install-recommends", *names]
    result = subprocess.run(install, env=environment, capture_output=True, text=True, errors="replace", check=False)
    if result.returncode:
        quietly(["apt-get", "update", "--quiet"], "apt-get update", environment)
        quietly(install, "apt-get install", environment)


def by_hand(names: list[str]) -> str:
    """The one command that a person types to install packages."""
    command = f"apt-get update && apt-get install --no-install-recommends {' '.join(names)}"
    return f'sudo sh -c "{command}"' if shutil.which("sudo") else f'su -c "{command}"'


def system_packages(wanted: tuple[str, ...], *, needed: bool) -> None:
    """Installs missing system packages or says which; stops when the work cannot be done without them."""
    without_venv = missing_for_venv()
    if not is_debian():
        if without_venv:
            raise Stop("This Python cannot make environments: its part `ensurepip` is missing.")
        return
    missing = without_venv + missing_packages(wanted)
    if not missing:
        return
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        apt_install(missing)
        return
    tell(f"System packages are missing: {' '.join(missing)}. To install them:\n\n    {by_hand(missing)}\n")
    if needed or without_venv:
        raise Stop("Then start this command again.")
    tell("Going on without them; the window may not open.")


# The environment


def program(name: str, venv: Path = VENV) -> Path:
    """A program of an environment, such as its Python."""
    return venv / (f"Scripts/{name}.exe" if os.name == "nt" else f"bin/{name}")


def quietly(command: list[str], what: str, environment: dict[str, str] | None = None) -> None:
    """Runs a program whose output is of interest only when it fails."""
    result = subprocess.run(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, errors="replace", check=False
    )
    if result.returncode:
        tell(result.stdout)
        raise Stop(f"{what} failed; its own words stand above.", FAILED)


def digest(path: Path) -> str:
    """What a file held when it was installed from."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def state(kind: str) -> dict[str, str]:
    """What an environment made now would be made from."""
    return {
        "python": f"{sys.implementation.cache_tag} {sys.platform}",
        "folder": str(ROOT),
        "kind": kind,
        "lock": "".join(digest(path) for path in LOCKS.values()),
        "project": digest(ROOT / "pyproject.toml") + digest(ROOT / "desktop_crm" / "__init__.py"),
    }


def recorded() -> dict[str, str]:
    """What the present environment was made from; empty if it is not finished or not there."""
    if not program("python").exists() or not STAMP.exists():
        return {}
    read: dict[str, str] = json.loads(STAMP.read_text(encoding="utf-8"))
    return read


def pip(*arguments: str) -> list[str]:
    """A pip command of `.venv` that asks nothing and says only what goes wrong."""
    options = ["--quiet", "--no-input", "--disable-pip-version-check", "--no-warn-script-location"]
    return [str(program("python")), "-m", "pip", "install", *options, *arguments]


def prepare(kind: str) -> None:
    """Makes `.venv` for `run` or `dev`, or brings it up to date; costs next to nothing when it is."""
    found, wanted = recorded(), state(kind)
    if found.get("kind") == "dev":
        wanted["kind"] = "dev"
    if found == wanted:
        return
    stale = any(found.get(part) != wanted[part] for part in ("python", "folder", "lock"))
    STAMP.unlink(missing_ok=True)
    if stale:
        make_venv()
    if stale or found.get("kind") != wanted["kind"]:
        tell("Fetching and checking the parts it is made of (about 150 MB the first time) ...")
        quietly(pip("--require-hashes", "-r", str(LOCKS[wanted["kind"]])), "Installing the parts")
    tell("Putting Desktop CRM in place ...")
    quietly(pip("--no-deps", "--no-build-isolation", "--no-index", "--editable", str(ROOT)), "Installing Desktop CRM")
    STAMP.write_text(json.dumps(wanted), encoding="utf-8")


def make_venv() -> None:
    """An empty environment in place of the old one."""
    tell(f"Making {VENV.name} with Python {sys.version.split()[0]} ...")
    if VENV.is_symlink() or VENV.is_file():
        raise Stop(f"{VENV} is not a folder. Please move it away.")
    if Path(sys.prefix) == VENV:
        raise Stop(f"{VENV} must be made anew and cannot be while its own Python runs. Please use the computer's.")
    if VENV.exists():
        shutil.rmtree(VENV)
    quietly([sys.executable, "-m", "venv", str(VENV)], "Making the environment")


def environment(**more: str) -> dict[str, str]:
    """What is told to the programs started: UTF-8 whatever the computer's language settings."""
    return {**os.environ, "PYTHONUTF8": "1", **more}


def start(module: str, arguments: list[str]) -> int:
    """Starts a module of the project in `.venv`, in the folder where the person stands."""
    # -P: a file that happens to lie in that folder is never imported.
    command = [str(program("python")), "-P", "-m", module, *arguments]
    if os.name != "nt":
        sys.stderr.flush()
        os.execve(command[0], command, environment())  # so that signals reach the program itself
    return subprocess.run(command, env=environment(), check=False).returncode


# Commands


def run(arguments: list[str]) -> int:
    """Opens the window, or does what the command given says."""
    system_packages(PROGRAM_PACKAGES, needed=False)
    prepare("run")
    return start("desktop_crm", arguments)


def demo(arguments: list[str]) -> int:
    """Does the main job with made-up people."""
    system_packages(PROGRAM_PACKAGES, needed=False)
    prepare("run")
    return start("desktop_crm.app.demo", arguments)


def pictures(arguments: list[str]) -> int:
    """Draws every screen in every look, and contact sheets of them."""
    system_packages(PROGRAM_PACKAGES, needed=True)
    prepare("run")
    return start("installers.pictures", arguments)


def bench(arguments: list[str]) -> int:
    """Measures, against reference scripts in the same run."""
    system_packages((), needed=True)
    prepare("dev")
    return start("installers.bench", arguments)


def kills(arguments: list[str]) -> int:
    """Kills the program at random moments of every kind of work, and looks whether anything was lost."""
    system_packages((), needed=True)
    prepare("dev")
    return start("installers.kills", arguments)


def migration(arguments: list[str]) -> int:
    """Drafts the migration from the newest one to what is declared now."""
    system_packages((), needed=True)
    prepare("dev")
    return start("installers.migration", arguments)


CHECKS = (
    ("Style", ("ruff", "check", ".")),
    ("Layout", ("ruff", "format", "--check", ".")),
    ("Types", ("mypy",)),
    ("Import contracts", ("lint-imports", "--no-logo")),
)

# One process for each core: the tests share nothing but the machine.
WHOLE = ("--numprocesses=auto", "--dist=worksteal")
# Tells which lines no test comes to. Following each line makes the tests half as slow again.
COVERAGE = ("--cov=desktop_crm", "--cov-report=term")


def test(arguments: list[str]) -> int:
    """Every check and test; with arguments for pytest, those tests alone. `--coverage`: what they come to, too."""
    long = "--long" in arguments
    followed = COVERAGE if "--coverage" in arguments else ()
    chosen = [argument for argument in arguments if argument not in ("--long", "--coverage")]
    system_packages(PROGRAM_PACKAGES + TEST_PACKAGES, needed=True)
    prepare("dev")
    told = environment(QT_QPA_PLATFORM="offscreen", **({"DESKTOP_CRM_LONG": "1"} if long else {}))
    failed = [] if chosen else [name for name, command in CHECKS if not passes(name, command, told)]
    tests = ("pytest", *(chosen or WHOLE), *followed)
    if not passes("Tests", tests, told):
        failed.append("Tests")
    tell(f"Failed: {', '.join(failed)}" if failed else "All is well.")
    return FAILED if failed else 0


def passes(name: str, command: tuple[str, ...], told: dict[str, str]) -> bool:
    """Whether a check of the whole project passes; its words go where ours go."""
    tell(f"{name}: {' '.join(command)}")
    whole = [str(program(command[0])), *command[1:]]
    return subprocess.run(whole, cwd=ROOT, env=told, check=False).returncode == 0


def lock(arguments: list[str]) -> int:
    """Writes both lock files from pyproject.toml; arguments such as `--upgrade` go to uv."""
    system_packages((), needed=True)
    with tempfile.TemporaryDirectory() as folder:
        tool = Path(folder)
        tell(f"Fetching {UV} into a folder of its own ...")
        quietly([sys.executable, "-m", "venv", str(tool)], "Making the environment")
        fetch = [str(program("python", tool)), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", UV]
        quietly(fetch, f"Installing {UV}")
        compile_lock(program("uv", tool), LOCKS["run"], ["--extra", "build", *arguments])
        alike = ["--constraint", str(LOCKS["run"].relative_to(ROOT))]
        compile_lock(program("uv", tool), LOCKS["dev"], ["--extra", "build", "--extra", "dev", *alike, *arguments])
    return 0


def compile_lock(uv: Path, path: Path, options: list[str]) -> None:
    """One lock file for all systems and Pythons, from the ordinary index alone, with no address in it.

    Indexes and folders of this computer would leave single hashes that are of no use elsewhere.
    """
    name = str(path.relative_to(ROOT))
    tell(f"Writing {name} ...")
    silent = ["--no-config", "--no-header", "--no-annotate", "--no-emit-index-url", "--no-emit-find-links", "--quiet"]
    whole = ["--universal", "--python-version", ".".join(map(str, OLDEST)), "--generate-hashes"]
    command = [str(uv), "pip", "compile", "pyproject.toml", *silent, *whole, *options, "--output-file", name]
    own = {key: value for key, value in os.environ.items() if not key.startswith(("PIP_", "UV_"))}
    result = subprocess.run(command, cwd=ROOT, env=own, check=False)
    if result.returncode:
        raise Stop(f"{shlex.join(command)} failed; its own words stand above.", FAILED)


COMMANDS = {
    "run": run,
    "demo": demo,
    "test": test,
    "pictures": pictures,
    "bench": bench,
    "kills": kills,
    "migration": migration,
    "lock": lock,
}


def main() -> int:
    """Reads the command; everything behind it belongs to the command."""
    if sys.version_info < OLDEST:
        raise Stop(f"Desktop CRM needs Python 3.11 or newer; this is {sys.version.split()[0]}.")
    parser = argparse.ArgumentParser(
        description="Runs, tests and measures Desktop CRM from this folder.",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        epilog="\n".join(f"  {name:10} {(work.__doc__ or '').splitlines()[0]}" for name, work in COMMANDS.items()),
    )
    parser.add_argument("command", choices=COMMANDS)
    parser.add_argument(
        "arguments", nargs=argparse.REMAINDER, help="are passed on (test: --long, --coverage, or pytest's own)"
    )
    asked = parser.parse_args()
    return COMMANDS[asked.command](asked.arguments)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except Stop as stop:
        tell(str(stop))
        sys.exit(stop.code)
    except OSError as refused:
        tell(f"The computer refused it: {refused}")
        sys.exit(FAILED)
    except KeyboardInterrupt:
        tell("Stopped.")
        sys.exit(INTERRUPTED)
