from __future__ import annotations

import stat
from pathlib import Path

import pytest

from desktop_crm.host.files import make_private_folder
from desktop_crm.host.paths import default_data_dir, place_warning

MOUNTS = (
    "/dev/sda1 / ext4 rw 0 0\n"
    "server:/export /home/shared nfs4 rw 0 0\n"
    "//nas/crm /mnt/our\\040nas cifs rw 0 0\n"
    "/dev/sdb1 /home/shared/local ext4 rw 0 0\n"
    "anna@host: /home/anna/remote fuse.sshfs rw 0 0\n"
)


@pytest.mark.parametrize(
    ("part", "cloud"),
    [
        ("OneDrive", "OneDrive"),
        ("OneDrive - Blumen Weber", "OneDrive"),
        ("OneDrive-Personal", "OneDrive"),
        ("Dropbox (Personal)", "Dropbox"),
        ("nextcloud", "Nextcloud"),
        ("Nextcloud2", "Nextcloud"),
        ("iCloudDrive", "iCloud"),
        ("com~apple~CloudDocs", "iCloud"),
        ("GoogleDrive-anna@example.org", "Google Drive"),
    ],
)
def test_a_folder_that_is_copied_to_a_cloud_is_warned_of(part: str, cloud: str) -> None:
    warning = place_warning(Path("/home/anna") / part / "crm", MOUNTS)
    assert warning is not None
    assert warning.values["cloud"] == cloud


@pytest.mark.parametrize("part", ["Documents", "Dropboxes", "my dropbox notes", "Boxes", "icloudy"])
def test_a_name_that_only_resembles_a_cloud_is_not_warned_of(part: str) -> None:
    assert place_warning(Path("/home/anna") / part, MOUNTS) is None


@pytest.mark.parametrize("folder", ["/home/shared/crm", "/mnt/our nas/crm", "/home/anna/remote"])
def test_a_folder_on_another_computer_is_warned_of(folder: str) -> None:
    warning = place_warning(Path(folder), MOUNTS)
    assert warning is not None
    assert "another computer" in warning.text


@pytest.mark.parametrize("folder", ["/home/anna/crm", "/home/shared/local/crm", "/home/sharedness"])
def test_a_folder_on_this_computer_is_not_warned_of(folder: str) -> None:
    assert place_warning(Path(folder), MOUNTS) is None


def test_a_link_into_a_cloud_is_followed(tmp_path: Path) -> None:
    (tmp_path / "Dropbox").mkdir()
    (tmp_path / "innocent").symlink_to(tmp_path / "Dropbox")
    assert place_warning(tmp_path / "innocent" / "crm") is not None


def test_the_default_folder_is_this_accounts_own(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert default_data_dir() == tmp_path / "desktop-crm"


def test_a_new_folder_is_private_and_an_old_one_keeps_its_rights(tmp_path: Path) -> None:
    make_private_folder(tmp_path / "a" / "b")
    assert stat.S_IMODE((tmp_path / "a" / "b").stat().st_mode) == 0o700
    old = tmp_path / "old"
    old.mkdir()
    old.chmod(0o755)
    make_private_folder(old)
    assert stat.S_IMODE(old.stat().st_mode) == 0o755
