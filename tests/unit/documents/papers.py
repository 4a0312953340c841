"""The papers as the tests ask for them: released without a person, since their people are invented."""

from desktop_crm.documents import access_report, customer_letter, erasure_record, recovery_sheet
from desktop_crm.documents.model import AccessReport, CustomerLetter, ErasureRecord, RecoverySheet
from desktop_crm.privacy.gate import names_nobody
from desktop_crm.words import Words


def access_report_files(data: AccessReport, words: Words) -> tuple[bytes, bytes]:
    return access_report.access_report_files(names_nobody(data), words)


def access_report_pdf(data: AccessReport, words: Words) -> bytes:
    return access_report_files(data, words)[0]


def access_report_json(data: AccessReport, words: Words) -> bytes:
    return access_report_files(data, words)[1]


def erasure_record_pdf(data: ErasureRecord, words: Words) -> bytes:
    return erasure_record.erasure_record_files(names_nobody(data), words)[0]


def erasure_record_json(data: ErasureRecord, words: Words) -> bytes:
    return erasure_record.erasure_record_files(names_nobody(data), words)[1]


def customer_letter_pdf(data: CustomerLetter, words: Words) -> bytes:
    return customer_letter.customer_letter_pdf(names_nobody(data), words)


def recovery_sheet_pdf(data: RecoverySheet, words: Words) -> bytes:
    return recovery_sheet.recovery_sheet_pdf(names_nobody(data), words)
