"""Locks a paper with a password: AES with 256 bits (PDF 2.0, revision 6), text, attachments and metadata alike."""

from __future__ import annotations

import io

import pikepdf

from desktop_crm.documents.finish import give_way


def locked(paper: bytes, password: str) -> bytes:
    """The same paper, which nothing opens without the password."""
    result = io.BytesIO()
    with pikepdf.open(io.BytesIO(paper)) as pdf:
        pdf.save(
            result,
            encryption=pikepdf.Encryption(user=password, owner=password, R=6, aes=True, metadata=True),
            compress_streams=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            progress=give_way,
        )
    return result.getvalue()
