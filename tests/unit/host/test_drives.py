from __future__ import annotations

from pathlib import Path

import pytest

from desktop_crm.host.computer import disk_of, gnome_lock, kde_lock
from desktop_crm.host.drives import Drive, is_removable, removable_drives
from desktop_crm.host.mounts import Mount, mount_of, mounts

TOLD = """\
/dev/sda2 / ext4 rw 0 0
/dev/sdb1 /media/anna/BLUE\\040STICK vfat rw 0 0
/dev/sdc1 /mnt/disk ext4 rw 0 0
/dev/mmcblk0p1 /media/anna/CARD vfat rw 0 0
/dev/dm-0 /home ext4 rw 0 0
/dev/dm-1 /media/anna/SECRET ext4 rw 0 0
tmpfs /run tmpfs rw 0 0
anna@there: /media/anna/far fuse.sshfs rw 0 0
"""


@pytest.fixture
def blocks(tmp_path: Path) -> Path:
    """Disks as Linux tells of them: sda inside, sdb a stick, sdc on a cable, a card, and two encrypted ones."""
    devices, found = tmp_path / "devices", tmp_path / "block"
    found.mkdir()

    def disk(place: str, name: str, *, removable: str = "0", parts: int = 0, kind: str = "", below: str = "") -> None:
        folder = devices / place / name
        folder.mkdir(parents=True)
        (folder / "removable").write_text(f"{removable}\n")
        (found / name).symlink_to(folder)
        for number in range(1, parts + 1):
            part = folder / f"{name}{'p' if name[-1].isdigit() else ''}{number}"
            part.mkdir()
            (part / "partition").write_text(f"{number}\n")
            (found / part.name).symlink_to(part)
        if kind:
            (folder / "device").mkdir()
            (folder / "device" / "type").write_text(f"{kind}\n")
        if below:
            (folder / "dm").mkdir()
            (folder / "dm" / "uuid").write_text("CRYPT-LUKS2-00-x\n")
            (folder / "slaves" / below).mkdir(parents=True)

    disk("pci/ata1", "sda", parts=3)
    disk("pci/x1", "sdb", removable="1", parts=1)
    disk("pci/usb2/2-1", "sdc", parts=1)
    disk("pci/mmc_host", "mmcblk0", parts=1, kind="SD")
    disk("virtual", "dm-0", below="sda3")
    disk("virtual", "dm-1", below="sdb1")
    return found


def test_sticks_cards_and_disks_on_a_cable_are_found(blocks: Path) -> None:
    assert removable_drives(TOLD, blocks) == [
        Drive(Path("/media/anna/BLUE STICK"), "BLUE STICK"),
        Drive(Path("/media/anna/CARD"), "CARD"),
        Drive(Path("/mnt/disk"), "disk"),
        Drive(Path("/media/anna/SECRET"), "SECRET"),
    ]


@pytest.mark.parametrize(
    ("path", "loose"),
    [
        ("/media/anna/BLUE STICK/papers", True),
        ("/media/anna/BLUE", False),
        ("/home/anna", False),
        ("/media/anna/far", False),
        ("/run", False),
    ],
)
def test_a_path_is_looked_up_by_its_drive(blocks: Path, path: str, loose: bool) -> None:
    assert is_removable(Path(path), TOLD, blocks) is loose


def test_a_computer_that_runs_from_a_stick_is_no_drive_to_unplug(blocks: Path) -> None:
    assert removable_drives("/dev/sdb1 / ext4 rw 0 0\n", blocks) == []


def test_a_computer_that_does_not_tell_has_no_drives(tmp_path: Path) -> None:
    assert removable_drives(TOLD, tmp_path / "nothing") == []


@pytest.mark.parametrize(
    ("mount", "encrypted"),
    [
        (Mount("/dev/dm-0", Path("/home"), "ext4"), True),
        (Mount("/dev/sda2", Path("/"), "ext4"), False),
        (Mount("overlay", Path("/"), "overlay"), None),
        (Mount("/home/.ecryptfs/anna", Path("/home/anna"), "ecryptfs"), True),
    ],
)
def test_encryption_is_told_only_where_it_is_known(blocks: Path, mount: Mount, encrypted: bool | None) -> None:
    assert disk_of(mount, blocks) is encrypted


def test_the_last_of_stacked_file_systems_counts() -> None:
    known = mounts("/dev/a / ext4\n/dev/b /x ext4\n/dev/c /x vfat\n")
    found = mount_of(Path("/x/y"), known)
    assert found is not None
    assert found.device == "/dev/c"


def test_the_screen_lock_of_gnome_is_read() -> None:
    assert str(gnome_lock("true", "uint32 300")) == "0:05:00"
    assert gnome_lock("false", "uint32 300") == gnome_lock("true", "uint32 0")
    assert not gnome_lock("true", "uint32 0")
    assert gnome_lock(None, "uint32 300") is None
    assert gnome_lock("true", None) is None


def test_the_screen_lock_of_kde_is_read(tmp_path: Path) -> None:
    file = tmp_path / "kscreenlockerrc"
    assert str(kde_lock(file)) == "0:05:00"
    file.write_text("[Daemon]\nTimeout=30\n")
    assert str(kde_lock(file)) == "0:30:00"
    file.write_text("[Daemon]\nAutolock=false\n")
    assert not kde_lock(file)
    file.write_text("[Daemon]\nTimeout=soon\n")
    assert kde_lock(file) is None
