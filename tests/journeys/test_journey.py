"""A shop's whole way with the real program, in a private session with a real key store."""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest

from desktop_crm.vault import header
from desktop_crm.words import Exit
from tests.secret_service import SecretService

pytestmark = pytest.mark.journey

ROOT = Path(__file__).parents[2]
LIST = ROOT / "resources" / "sample" / "annas-liste.csv"
PASSWORD = "vier lose Worte Kaktus"
PLANTED = ("Xaverine", "Qoldemar", "xaverine.qoldemar", "Geheimlilie", "Zwetschgenrot", "0171 3399551")


@dataclass
class Shop:
    """The program as somebody at the counter uses it: same account, same folder, one command after the other."""

    folder: Path
    environment: dict[str, str]
    language: str
    printed: list[str] = field(default_factory=list)
    """All messages so far: no value of a customer may stand in any of them."""

    def run(self, *words: str, stdin: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-P", "-m", "desktop_crm", "--data-dir", str(self.folder / "data"), *words]
        settings = self.environment | {"PYTHONPATH": str(ROOT), "LANG": f"{self.language}_XX.UTF-8"} | environment
        for screen in ("DISPLAY", "QT_QPA_PLATFORM", "WAYLAND_DISPLAY"):
            settings.pop(screen, None)  # a terminal and nothing else: without a command there is help, and no window
        done = subprocess.run(
            command,
            input=stdin,
            env=settings,
            cwd=self.folder,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )
        self.printed.append(done.stderr)
        return done

    def ask(self, *words: str) -> Any:
        """What a command answers to machines."""
        done = self.run(*words, "--json")
        assert done.returncode == Exit.DONE, done.stderr
        return json.loads(done.stdout)

    def fails(self, code: Exit, *words: str, stdin: str = "", **environment: str) -> str:
        """The sentences of a command that ends with this code."""
        done = self.run(*words, stdin=stdin, **environment)
        assert (done.returncode, done.stdout) == (code, ""), (done.stdout, done.stderr)
        assert "Traceback" not in done.stderr
        return done.stderr

    @property
    def database(self) -> Path:
        return self.folder / "data" / "customers.db"


@pytest.fixture(params=["en", "de"])
def shop(request: pytest.FixtureRequest, tmp_path: Path, secret_service: SecretService) -> Shop:
    home = {"TMPDIR": str(tmp_path / "tmp"), "LC_ALL": "", "LC_MESSAGES": ""}
    (tmp_path / "tmp").mkdir()
    return Shop(tmp_path, secret_service.environment | home, request.param)


@pytest.fixture
def begun(shop: Shop) -> Shop:
    answer = shop.ask(
        "init", "--company", "Blumen Weber", "--country", "DE", "--region", "SN", "--recovery-file", "r.txt"
    )
    assert answer["recovery_file"] == "r.txt"
    assert (shop.folder / "r.txt").stat().st_mode & 0o777 == 0o600
    return shop


def every_file(*folders: Path) -> Iterator[tuple[Path, bytes]]:
    for folder in folders:
        for path in folder.rglob("*"):
            if path.is_file() and not path.is_symlink():
                yield path, path.read_bytes()


def leaks(*folders: Path) -> dict[str, str]:
    """Files that hold a planted value in one of the ways in which programs write text."""
    needles = {w.encode(code) for word in PLANTED for w in (word, word.lower()) for code in ("utf-8", "utf-16-le")}
    return {str(path): repr(n) for path, data in every_file(*folders) for n in needles if n in data}


def test_a_person_comes_in_is_answered_and_is_erased(begun: Shop, secret_service: SecretService) -> None:
    shop, papers = begun, begun.folder / "papers"
    report = shop.ask("import", str(LIST), "--source", "Annas Liste", "--basis", "contract")
    assert (report["read"], report["need_a_look"]) == (212, 9)
    assert shop.ask("find", "lucja", "kowalsk")[0]["name"] == "Łucja Kowalska"
    contact = ("--name", "Xaverine Qoldemar", "--email", "xaverine.qoldemar@example.org", "--phone", "0171 3399551")
    person = shop.ask("add", *contact)["id"]
    shop.ask("note", person, "mag", "Geheimlilie")
    shop.ask("purchase", person, "--amount", "640,00", "--description", "Zwetschgenrot", "--original", "here")
    shop.ask("consent", "give", person, "--purpose", "newsletter", "--how", "paper", "--evidence", "Blatt 12")
    shop.ask("consent", "withdraw", person, "--purpose", "newsletter")
    states = {one["purpose"]: one["state"] for one in shop.ask("consent", "list", person)}
    assert states == {"newsletter": "withdrawn", "birthday-card": None, "photos": None}
    assert [one["name"] for one in shop.ask("find", "geheimlilie")] == ["Xaverine Qoldemar"]
    assert leaks(shop.folder, secret_service.folder) == {}

    answered = shop.ask("access-report", "xaverine.qoldemar@example.org", "--out", "papers")
    assert {Path(paper["path"]).suffix for paper in answered["papers"]} == {".pdf", ".json"}
    whole = (papers / f"access-{answered['number']}.json").read_text(encoding="utf-8")
    assert all(word in whole for word in ("Xaverine Qoldemar", "Geheimlilie", "Zwetschgenrot"))

    order = ("erase", person, "--reason", "Sie zieht weg", "--out", "papers")
    looked = shop.run(*order)
    assert looked.returncode == Exit.REFUSED
    assert "--yes" in looked.stderr
    assert "Xaverine Qoldemar" in looked.stdout
    done = shop.ask(*order, "--yes")
    assert (done["search"]["found"], done["search"]["pending"], done["ground"]) == (0, False, "no-longer-needed")
    assert [stay["until"] for stay in done["preview"]["stays"]]

    assert shop.fails(Exit.REFUSED, "find", "Xaverine")
    assert shop.fails(Exit.REFUSED, "show", person)
    assert "--allow-erased" in shop.fails(Exit.REFUSED, "add", *contact)
    assert shop.ask("audit", "verify")["whole"] is True
    assert all(finding["sound"] for finding in shop.ask("doctor") if finding["todo"] is None)
    assert shop.ask("erasure-record", done["number"], "--out", "again")["number"] == done["number"]
    named = {path for path in leaks(shop.folder, secret_service.folder) if not Path(path).name.startswith("access-")}
    assert {Path(path).suffix for path in named} <= {".pdf"}
    assert not any(word in text for text in shop.printed for word in PLANTED)


def test_a_lost_key_is_found_again_with_the_sheet(begun: Shop, secret_service: SecretService) -> None:
    shop = begun
    person = shop.ask("add", "--name", "Anna", "--email", "anna@example.org")["id"]
    before = shop.database.read_bytes()
    secret_service.reset()
    lost = shop.fails(Exit.LOCKED, "find", "Anna")
    assert ("recovery sheet" if shop.language == "en" else "Notfallblatt") in lost
    assert shop.database.read_bytes() == before
    shop.fails(Exit.LOCKED, "recover", "--code-file", wrong_sheet(shop))
    shop.ask("recover", "--code-file", "r.txt")
    assert [one["id"] for one in shop.ask("find", "Anna")] == [person]
    assert {Path(one["path"]).name for one in shop.ask("where")["files"]} >= {"customers.db", "customers.keys"}
    assert shop.run("doctor").returncode == Exit.DONE


def wrong_sheet(shop: Shop) -> str:
    groups = (shop.folder / "r.txt").read_text(encoding="utf-8").split("\n\n")[2].splitlines()[1].split("-")
    (shop.folder / "wrong.txt").write_text("-".join(["AAAA", *groups[1:]]), encoding="utf-8")
    return "wrong.txt"


def test_a_new_password_by_the_sheet(begun: Shop) -> None:
    begun.environment["DBUS_SESSION_BUS_ADDRESS"] = "unix:path=/nonexistent"
    assert begun.run("recover", "--code-file", "r.txt").returncode == Exit.LOCKED
    done = begun.run("recover", "--code-file", "r.txt", "--passphrase-stdin", stdin=PASSWORD + "\n")
    assert done.returncode == Exit.DONE, done.stderr
    assert begun.run("audit", "verify", "--passphrase-stdin", stdin=PASSWORD + "\n").returncode == Exit.DONE


def test_without_a_key_store_a_password_is_chosen_knowingly(shop: Shop) -> None:
    shop.environment["DBUS_SESSION_BUS_ADDRESS"] = "unix:path=/nonexistent"
    said = shop.fails(Exit.LOCKED, "init", "--company", "Blumen Weber", "--recovery-file", "r.pdf")
    assert "--passphrase-stdin" in said
    assert not (shop.folder / "data").exists()
    assert not (shop.folder / "r.pdf").exists()
    shop.fails(Exit.REFUSED, "init", "--passphrase-stdin", stdin="kurz\n")
    shop.fails(Exit.USAGE, "init", "--passphrase-stdin", stdin="\n")
    done = shop.run("init", "--passphrase-stdin", "--recovery-file", "r.pdf", stdin=PASSWORD + "\n")
    assert done.returncode == Exit.DONE, done.stderr
    assert (shop.folder / "r.pdf").read_bytes().startswith(b"%PDF")
    assert "--passphrase-stdin" in shop.fails(Exit.LOCKED, "find", "Anna")
    shop.fails(Exit.LOCKED, "find", "Anna", "--passphrase-stdin", stdin="nicht dieses Wort\n")
    assert shop.run("doctor", "--passphrase-stdin", stdin=PASSWORD).returncode == Exit.DONE


def test_the_code_is_shown_once_where_no_file_is_named(shop: Shop) -> None:
    answer = shop.ask("init")
    (shop.folder / "typed.txt").write_text(answer["recovery_code"].replace("-", " ").lower(), encoding="utf-8")
    shop.ask("recover", "--code-file", "typed.txt")
    assert answer["recovery_code"].encode() not in b"".join(data for _, data in every_file(shop.folder / "data"))


def test_nothing_is_overwritten(begun: Shop) -> None:
    sheet = (begun.folder / "r.txt").read_bytes()
    begun.fails(Exit.REFUSED, "init", "--recovery-file", "other.txt")
    assert not (begun.folder / "other.txt").exists()
    shutil.rmtree(begun.folder / "data")
    begun.fails(Exit.REFUSED, "init", "--recovery-file", "r.txt")
    assert (begun.folder / "r.txt").read_bytes() == sheet
    assert not begun.database.exists()


def test_a_locked_key_store_says_so(begun: Shop, secret_service: SecretService) -> None:
    secret_service.lock()
    assert begun.fails(Exit.LOCKED, "find", "Anna")
    secret_service.stop()
    assert begun.fails(Exit.LOCKED, "find", "Anna")
    assert begun.run("where").returncode == Exit.DONE


@pytest.mark.parametrize("damage", ["empty", "truncated", "garbage", "newer", "gone", "keys"])
def test_a_damaged_file_gets_its_own_sentence(begun: Shop, damage: str) -> None:
    data = begun.database.read_bytes()
    match damage:
        case "empty":
            begun.database.write_bytes(b"")
        case "truncated":
            begun.database.write_bytes(data[: len(data) // 2 + 100])
        case "garbage":
            begun.database.write_bytes(bytes(reversed(data)))
        case "newer":
            whole = header.from_bytes((begun.folder / "data" / "customers.keys").read_bytes())
            whole = replace(whole, format=header.FORMAT + 1)
            for path in begun.folder.glob("data/customers.keys*"):
                path.write_bytes(header.to_bytes(whole))
        case "gone":
            begun.database.unlink()
        case _:
            for path in begun.folder.glob("data/customers.keys*"):
                path.write_bytes(b"{}")
    hurt = {path: path.read_bytes() for path in (begun.folder / "data").iterdir()}
    said = begun.fails(Exit.DAMAGED, "find", "Anna")
    assert 2 <= len(said.splitlines()) <= 3
    assert {path: path.read_bytes() for path in hurt} == hurt
    assert begun.run("where").returncode == Exit.DONE


def test_who_holds_the_file_is_told(begun: Shop) -> None:
    holder = [sys.executable, "-c", HOLD, str(begun.folder / "data")]
    with subprocess.Popen(
        holder, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT, env=begun.environment
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        said = begun.fails(Exit.LOCKED, "find", "Anna")
        assert str(process.pid) in said
        assert begun.run("where").returncode == Exit.DONE
        process.communicate("")
    assert begun.run("audit", "verify").returncode == Exit.DONE


HOLD = """
import sys
from pathlib import Path
from desktop_crm.host.instance import InstanceLock
with InstanceLock(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.mark.parametrize("wait", [0.3, 1.0, 1.6])
def test_an_import_that_is_stopped_leaves_nothing(begun: Shop, wait: float) -> None:
    rows = "".join(f"Anna {n},anna{n}@example.org\n" for n in range(60_000))
    (begun.folder / "long.csv").write_text("Name,E-Mail\n" + rows, encoding="utf-8")
    order = ("import", "long.csv", "--source", "x", "--basis", "contract")
    words = [sys.executable, "-m", "desktop_crm", "--data-dir", str(begun.folder / "data"), *order]
    environment = begun.environment | {"PYTHONPATH": str(ROOT), "LANG": "en_GB.UTF-8"}
    lock = begun.folder / "data" / "customers.lock"
    with subprocess.Popen(words, cwd=begun.folder, env=environment, stderr=subprocess.PIPE, text=True) as process:
        for _ in range(500):
            with suppress(subprocess.TimeoutExpired):
                process.wait(0.02)
            if lock.stat().st_size:
                break
        with suppress(subprocess.TimeoutExpired):
            process.wait(wait)
        process.send_signal(signal.SIGINT)
        _, said = process.communicate()
    assert "Traceback" not in said
    if process.returncode == Exit.DONE:  # too late to stop: then it is there, all of it
        assert len(begun.ask("find", "Anna", "--limit", "100000")) == 60_000
        return
    assert process.returncode == Exit.REFUSED, said
    assert begun.fails(Exit.REFUSED, "find", "Anna")
    assert begun.ask("audit", "verify")["whole"]
    assert "bring_in" not in {line["act"] for line in begun.ask("audit", "show")}


def test_a_line_typed_wrongly_is_no_work_for_the_key_store(shop: Shop) -> None:
    assert "usage" not in shop.fails(Exit.USAGE, "import")
    assert shop.fails(Exit.USAGE, "find", "Anna", "--limit", "many")
    assert shop.fails(Exit.USAGE)
    assert shop.fails(Exit.USAGE, "consent")
    assert shop.fails(Exit.REFUSED, "find", "Anna")
    assert not (shop.folder / "data").exists()


def test_signs_that_are_no_text_are_refused(shop: Shop) -> None:
    command: list[str | bytes] = [sys.executable, "-m", "desktop_crm", "find", b"\xff\xfe"]
    for settings in ({}, {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}):
        done = subprocess.run(command, env=shop.environment | settings, cwd=ROOT, capture_output=True, check=False)
        assert (done.returncode, done.stdout) == (Exit.USAGE, b"")
        assert b"Traceback" not in done.stderr


def test_names_of_every_script_are_printed_in_a_plain_account(begun: Shop) -> None:
    begun.ask("add", "--name", "Łucja 王小明 Größ", "--email", "a@example.org")
    done = begun.run("find", "小明", LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0", PYTHONIOENCODING="ascii")
    assert "Łucja 王小明 Größ" in done.stdout
