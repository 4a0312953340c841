from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

import pytest

from desktop_crm.host.files import make_private_folder, not_written, write_atomically
from desktop_crm.words import Problem, Words


def test_a_file_is_written_whole_and_private(tmp_path: Path) -> None:
    path = tmp_path / "file"
    before = os.umask(0o022)
    write_atomically(path, b"one")
    write_atomically(path, b"two")
    os.umask(before)
    assert path.read_bytes() == b"two"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(tmp_path.iterdir()) == [path]


def test_what_an_earlier_crash_left_beside_it_does_no_harm(tmp_path: Path) -> None:
    (tmp_path / "file.new").write_bytes(b"half")
    write_atomically(tmp_path / "file", b"whole")
    assert (tmp_path / "file").read_bytes() == b"whole"
    assert not (tmp_path / "file.new").exists()


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (errno.ENOSPC, "The disk is full."),
        (errno.EROFS, "This account may not write into the folder"),
        (errno.EIO, "The disk refused it."),
    ],
)
@pytest.mark.parametrize("step", ["fsync", "replace", "open"])
def test_a_disk_that_refuses_leaves_the_old_file_and_is_told(
    step: str, number: int, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "file"
    write_atomically(path, b"old")

    def refuse(*_: object) -> None:
        raise OSError(number, "refused")

    with monkeypatch.context() as broken:
        broken.setattr(os, step, refuse)
        with pytest.raises(Problem) as told:
            write_atomically(path, b"new")
    assert said in Words("en").say(told.value.what)
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_where_a_file_lies_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(Problem):
        make_private_folder(tmp_path / "file")
    with pytest.raises(Problem):
        make_private_folder(tmp_path / "file" / "below")


def test_a_closed_folder_frightens_nobody() -> None:
    """Nothing was there that could be gone, and room is not what is missing."""
    told = not_written(Path("/srv/list/customers.lock"), OSError(errno.EACCES, "refused"))
    said = " ".join(Words("en").say(one) for one in (told.what, told.safe, told.todo) if one is not None)
    assert "“/srv/list”" in said
    assert "customers.lock" not in said
    assert "Make room" not in said
    assert "still there" not in said
