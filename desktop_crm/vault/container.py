"""The file of a safety copy: a label that anybody can read and that names nobody, and the encrypted database behind it.

The label holds what is needed to know the copy again, the manifest encrypted with the copy's own key, and that key
sealed for the recovery sheet together with the root key. A checksum without key tells a damaged label from a whole one;
the manifest is bound to the label and holds the digest of the database, so that with the key at hand every byte of the
file is known to be as it was written.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import secrets
import struct
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, BinaryIO

from desktop_crm.host.files import PRIVATE_FILE, not_written, sync_folder
from desktop_crm.vault import copy_problems, for_sheet
from desktop_crm.vault.keys import KEY_BYTES, apart, hkdf
from desktop_crm.vault.slots import WrongKey

ENDING = ".crmcopy"
FORMAT = 2
"""Format 2 may hold the keys of the details kept apart; a copy without them is written as format 1."""
_MAGIC = b"DCRMCOPY"
_FRONT = struct.Struct(">8sHI")
_CHECKSUM = 32
_LARGEST_LABEL = 1024 * 1024
_CHUNK = 1024 * 1024
_NONCE_BYTES = 12

Tell = Callable[[int, int], object]
"""Gets the bytes done and all bytes. What it raises stops the work."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What the copy holds: to be compared with what is found in it."""

    digest: str
    schema: int
    counts: Mapping[str, int]
    audit_line: int
    audit_seal: str
    program: str


@dataclass(frozen=True, slots=True)
class Label:
    """What stands before the database, readable without a key."""

    copy_id: str
    vault_id: str
    made_at: str
    size: int
    manifest: bytes = field(repr=False)
    sheet: for_sheet.Sealed | None = field(repr=False, default=None)
    sensitive: bytes = field(repr=False, default=b"")
    """The keys of the details kept apart, as they are sealed for the sheet; empty where there are none."""


def sealed_label(label: Label, key: bytes, root: bytes, manifest: Manifest, public: bytes | None) -> Label:
    """The label with its manifest and, if the sheet's public key is known, with the keys sealed for the sheet."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    sheet = for_sheet.seal(public, key + root, _identity(label)) if public is not None else None
    bare = replace(label, manifest=b"", sheet=sheet)
    nonce = secrets.token_bytes(_NONCE_BYTES)
    text = _canonical({name: getattr(manifest, name) for name in Manifest.__slots__})
    content = AESGCM(_manifest_key(key)).encrypt(nonce, text, _bound(bare))
    return replace(bare, manifest=nonce + content)


def manifest_of(label: Label, key: bytes) -> Manifest:
    """The manifest; that it opens proves key and label. Raises Problem (exit 5)."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    bare = replace(label, manifest=b"")
    nonce, content = label.manifest[:_NONCE_BYTES], label.manifest[_NONCE_BYTES:]
    try:
        return Manifest(**json.loads(AESGCM(_manifest_key(key)).decrypt(nonce, content, _bound(bare))))
    except (InvalidTag, ValueError, TypeError):
        raise copy_problems.damaged() from None


def keys_for_sheet(label: Label, code: bytes) -> tuple[bytes, bytes] | None:
    """The copy's key and the root key by the recovery code; None where this is not the code. Raises Problem."""
    if label.sheet is None:
        raise copy_problems.not_for_sheet()
    try:
        both = for_sheet.open_sealed(label.vault_id, code, label.sheet, _identity(label))
    except WrongKey:
        return None
    return both[:KEY_BYTES], both[KEY_BYTES:]


def sensitive_for_sheet(label: Label, code: bytes) -> list[bytes]:
    """The keys of the details kept apart by the recovery code; empty where the copy holds none for this sheet."""
    if not label.sensitive:
        return []
    sealed = for_sheet.Sealed.from_bytes(label.sensitive)
    try:
        return apart(for_sheet.open_sealed(label.vault_id, code, sealed, for_sheet.about_sensitive(label.vault_id)))
    except WrongKey:
        return []


def write(
    target: Path, label: Label, payload: Path, tell: Tell, prove: Callable[[Path], object], *, at: int = 0
) -> None:
    """Puts the file at `target`, whole or not at all, and returns once the disk has it. Raises Problem.

    `prove` gets the file as it was written, before it takes its place, and raises where it is not as it should be.
    The database begins in `payload` at the byte `at`.
    """
    beside = target.with_name(target.name + ".new")
    try:
        beside.unlink(missing_ok=True)
        _write_through(beside, _front(label), payload, at, label.size, tell)
        prove(beside)
        os.replace(beside, target)
        sync_folder(target.parent)
    except OSError as error:
        raise not_written(target, error) from error
    finally:
        _remove(beside)


def read_label(path: Path) -> Label:
    """The label of a safety copy. Raises Problem (exit 5) for a damaged, foreign or newer file."""
    with _read(path) as file:
        return _label(file, path)


def unpack(path: Path, key: bytes, into: Path, tell: Tell) -> Manifest:
    """Takes the encrypted database out of the file, compared with its digest. Raises Problem (exit 5 if damaged)."""
    with _read(path) as file:
        label = _label(file, path)
        manifest = manifest_of(label, key)
        try:
            digest = _take_out(file, into, label.size, tell)
        except OSError as error:
            _remove(into)
            raise not_written(into, error) from error
    if digest != manifest.digest:
        _remove(into)
        raise copy_problems.damaged()
    return manifest


def reseal(path: Path, key: bytes, root: bytes, public: bytes, sensitive: bytes, tell: Tell) -> None:
    """Lets another recovery sheet open a safety copy, and the one before no more: a new label before the same data.

    `sensitive`: the keys of the details kept apart as they are sealed for that sheet.
    The file is written beside and compared before it takes its place. Raises Problem; then it is as it was.
    """
    with _read(path) as file:
        label = _label(file, path)
        at = file.tell()
    manifest = manifest_of(label, key)
    label = replace(label, sensitive=sensitive)
    write(path, sealed_label(label, key, root, manifest, public), path, tell, lambda new: _compare(new, key), at=at)


def _compare(path: Path, key: bytes) -> None:
    with _read(path) as file:
        manifest = manifest_of(_label(file, path), key)
        digest = hashlib.sha256()
        while piece := file.read(_CHUNK):
            digest.update(piece)
    if digest.hexdigest() != manifest.digest:
        raise copy_problems.damaged()


def digest_of(path: Path) -> str:
    """SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@contextlib.contextmanager
def _read(path: Path) -> Iterator[BinaryIO]:
    """The file, open; what its disk refuses while it is read is told as a copy that cannot be reached."""
    try:
        with path.open("rb") as file:
            yield file
    except OSError as error:
        raise copy_problems.not_reached(path) from error


def _label(file: BinaryIO, path: Path) -> Label:
    start = file.read(_FRONT.size)
    if len(start) < _FRONT.size or not start.startswith(_MAGIC):
        raise copy_problems.no_copy(path)
    _, number, length = _FRONT.unpack(start)
    if number > FORMAT:
        raise copy_problems.newer(path)
    text = file.read(min(length, _LARGEST_LABEL))
    if hashlib.sha256(start + text).digest() != file.read(_CHECKSUM):
        raise copy_problems.damaged()
    try:
        label = _from_text(text)
    except (ValueError, KeyError, TypeError, RecursionError):
        raise copy_problems.damaged() from None
    if os.fstat(file.fileno()).st_size != file.tell() + label.size:
        raise copy_problems.cut_off()
    return label


def _front(label: Label) -> bytes:
    text = _canonical(_body(label))
    start = _FRONT.pack(_MAGIC, FORMAT if label.sensitive else 1, len(text))
    return start + text + hashlib.sha256(start + text).digest()


def _body(label: Label) -> dict[str, Any]:
    sheet = label.sheet
    sealed = {name: getattr(sheet, name).hex() for name in for_sheet.Sealed.__slots__} if sheet is not None else None
    return {
        "copy": label.copy_id,
        "customer_file": label.vault_id,
        "made_at": label.made_at,
        "size": label.size,
        "manifest": label.manifest.hex(),
        "sheet": sealed,
        **({"sensitive": label.sensitive.hex()} if label.sensitive else {}),
    }


def _from_text(text: bytes) -> Label:
    body = json.loads(text)
    sealed = body["sheet"]
    sheet = None if sealed is None else for_sheet.Sealed(**{name: bytes.fromhex(one) for name, one in sealed.items()})
    size, manifest = int(body["size"]), bytes.fromhex(body["manifest"])
    sensitive = bytes.fromhex(body.get("sensitive", ""))
    return Label(str(body["copy"]), str(body["customer_file"]), str(body["made_at"]), size, manifest, sheet, sensitive)


def _identity(label: Label) -> bytes:
    return f"safety-copy|v1|{label.vault_id}|{label.copy_id}".encode()


def _bound(bare: Label) -> bytes:
    return _canonical(_body(bare))


def _manifest_key(key: bytes) -> bytes:
    return hkdf(key, salt=b"", info=b"safety-copy|v1|manifest")


def _canonical(value: object) -> bytes:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), allow_nan=False).encode("ascii")


def _write_through(path: Path, front: bytes, payload: Path, at: int, size: int, tell: Tell) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    with os.fdopen(os.open(path, flags, PRIVATE_FILE), "wb") as file:
        file.write(front)
        with payload.open("rb") as source:
            source.seek(at)
            _pour(source, file, size, tell)
        file.flush()
        os.fsync(file.fileno())


def _take_out(source: BinaryIO, into: Path, size: int, tell: Tell) -> str:
    into.unlink(missing_ok=True)
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    with os.fdopen(os.open(into, flags, PRIVATE_FILE), "wb") as file:
        return _pour(source, file, size, tell)


def _pour(source: BinaryIO, target: BinaryIO, size: int, tell: Tell) -> str:
    """Copies piece by piece, telling how far it is; returns the digest of what was copied."""
    digest, done = hashlib.sha256(), 0
    while piece := source.read(_CHUNK):
        target.write(piece)
        digest.update(piece)
        done += len(piece)
        tell(done, size)
    return digest.hexdigest()


def _remove(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError:
        # Unplugged meanwhile: there is nothing left to remove it from.
        return
