"""Makes laid-out pages a paper: language, title without a name, attached JSON, text that can be copied out exactly."""

from __future__ import annotations

import io
import re
import unicodedata
import zlib
from dataclasses import dataclass
from datetime import UTC, datetime

import pikepdf
from pikepdf import Array, AttachedFileSpec, Dictionary, Name, String

from desktop_crm.documents.text import plain_unicode

_MAPPED = re.compile(rb"<([0-9A-F]{2})> <([0-9A-F]{4,6})>")
_PRODUCER = "Desktop CRM"


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file inside the paper: the same content for machines. `about` is shown beside it in a viewer."""

    name: str
    content: bytes
    about: str
    mime: str = "application/json"


def paper(pages: bytes, title: str, language: str, made_at: datetime, *attachments: Attachment) -> bytes:
    """The finished PDF; the same input gives the same bytes. `title` is clear text in every copy: it names nobody."""
    moment = f"D:{made_at.astimezone(UTC):%Y%m%d%H%M%S}Z"
    with pikepdf.open(io.BytesIO(pages)) as pdf:
        _spell_glyphs(pdf)
        pdf.Root.Lang = String(language)
        pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
        for key in list(pdf.docinfo.keys()):
            del pdf.docinfo[key]
        pdf.docinfo.update({"/Title": title, "/Producer": _PRODUCER, "/CreationDate": moment, "/ModDate": moment})
        with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
            metadata["dc:title"] = title
            metadata["dc:language"] = [language]
            metadata["pdf:Producer"] = _PRODUCER
            metadata["xmp:CreateDate"] = f"{made_at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
        if attachments:
            pdf.Root.AF = Array([_attached(pdf, attachment, moment) for attachment in attachments])
        result = io.BytesIO()
        pdf.save(
            result,
            deterministic_id=True,
            compress_streams=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            progress=give_way,
        )
    return result.getvalue()


def give_way(_percent: int) -> None:
    """Called while pikepdf writes: whenever Python runs, the thread that draws the window may have its turn."""


def _attached(pdf: pikepdf.Pdf, attachment: Attachment, moment: str) -> pikepdf.Object:
    """Attaches a file and says that it is the data the paper shows (PDF 2.0, 14.13: AFRelationship Data)."""
    spec = AttachedFileSpec(
        pdf,
        attachment.content,
        filename=attachment.name,
        description=attachment.about,
        mime_type=attachment.mime,
        creation_date=moment,
        mod_date=moment,
    )
    spec.relationship = Name.Data
    # zlib lets other threads go on while it compresses; pikepdf would hold them up.
    spec.get_file().obj.write(zlib.compress(attachment.content), filter=Name.FlateDecode)
    pdf.attachments[attachment.name] = spec
    return spec.obj


def _spell_glyphs(pdf: pikepdf.Pdf) -> None:
    """Says for each glyph which letters it stands for.

    reportlab writes characters beyond U+FFFF in a form readers do not know, and the joined forms of Arabic letters as
    characters of their own; a search for the name would not find them.
    """
    for item in pdf.objects:
        if isinstance(item, Dictionary) and item.get("/Type") == Name.Font and "/ToUnicode" in item:
            stream = item.ToUnicode
            stream.write(_MAPPED.sub(_letters, stream.read_bytes()))


def _letters(found: re.Match[bytes]) -> bytes:
    letter = chr(int(found.group(2), 16))
    if "\ufb50" <= letter <= "\ufdff" or "\ufe70" <= letter <= "\ufefc":
        plain = unicodedata.normalize("NFKC", letter)
        # Readers disagree on the order of two letters for one glyph (lam and alef): one sign is read rightly by all.
        letter = plain if len(plain) == 1 else letter
    return b"<" + found.group(1) + b"> <" + plain_unicode(letter).encode("utf-16-be").hex().upper().encode() + b">"
