"""Makes the display name from its parts without losing any, in the order its script wants."""

from __future__ import annotations

import re

_EAST_ASIAN = re.compile(r"[\u3005\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff]+").fullmatch
_HAN_OR_HANGUL = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff]")
# The commonest family names; in a list whose columns were filled the Chinese way round they stand in the given name.
_CHINESE_FAMILY = frozenset(
    "王李张張刘劉陈陳杨楊黄黃赵趙吴吳周徐孙孫马馬朱胡郭何罗羅郑鄭梁谢謝宋唐许許韩韓冯馮邓鄧曹彭曾萧蕭田董袁潘于蒋蔣蔡余杜叶葉程苏蘇魏吕呂丁任沈姚卢盧"
)
_WORD = re.compile(r"[^\s,;]+")


def display_name(given: str | None, middle: str | None, family: str | None) -> str:
    """Given, middle and family name; Chinese, Japanese and Korean names family first and without a blank."""
    if given and family and not middle and _EAST_ASIAN(given) and _EAST_ASIAN(family):
        return _east_asian(given, family)
    return " ".join(part for part in (given, middle, family) if part)


def _east_asian(given: str, family: str) -> str:
    if not _HAN_OR_HANGUL.search(given + family):
        return f"{given} {family}"
    if given in _CHINESE_FAMILY and len(family) == 2:
        return given + family
    return family + given


def same_words(text: str, *others: str | None) -> bool:
    """Whether `text` holds the same words as the others together, in any order, commas and blanks aside."""
    rest = [other for other in others if other]
    if sorted(_WORD.findall(text)) == sorted(_WORD.findall(" ".join(rest))):
        return True
    joined = "".join(text.split())
    return len(rest) == 2 and joined in {rest[0] + rest[1], rest[1] + rest[0]}
