"""What is read out on the telephone: the same questions as on the screen, from the same object."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from desktop_crm.services.asking import ANSWERS, EXPRESSLY, Asking, Question
from desktop_crm.words import M, Words


def script(asking: Asking, questions: Sequence[Question]) -> str:
    """All that is read out, in its order and in the language of the person."""
    return "\n".join(_lines(asking, questions, Words(asking.said_in)))


def _lines(asking: Asking, questions: Sequence[Question], words: Words) -> Iterator[str]:
    say = words.say
    yield say(asking.greeting)
    yield say(M("This is {asker}. May I ask you something about your data? Every answer is fine.", asker=asking.asker))
    answers = tuple(say(said) for _, said in ANSWERS)
    for question in questions:
        yield ""
        yield question.title
        yield from question.lines
        if question.explicit:
            yield say(EXPRESSLY)
        yield " / ".join(answers)
    yield ""
    yield say(M("You can take back a yes at any time, as easily as you gave it: in the shop, by phone or by e-mail."))
    if asking.notice_version is not None:
        yield say(M("If you like, I send you our privacy notice (version {n}).", n=asking.notice_version))
