import io
import signal
import threading

import pytest

from desktop_crm.cli.call import Call
from desktop_crm.cli.stopping import deaf, stoppable
from desktop_crm.cli.terminal import Terminal
from desktop_crm.host.clock import SystemClock
from desktop_crm.words import Words


class OpenCall(Call):
    """A call with a file that is open as long as it says so."""

    def __init__(self, *, is_open: bool = True) -> None:
        self.said = io.StringIO()
        super().__init__({}, Terminal(Words("en"), out=io.StringIO(), err=self.said), SystemClock())
        self.interrupts = 0
        self._is_open = is_open

    @property
    def is_open(self) -> bool:
        return self._is_open

    def interrupt(self) -> None:
        self.interrupts += 1


def press() -> None:
    signal.raise_signal(signal.SIGINT)


def test_the_first_asks_again_and_again_until_the_job_ends() -> None:
    call = OpenCall()
    with stoppable(call):
        press()
        assert call.terminal.stopping.is_set()
        while call.interrupts < 2:
            threading.Event().wait(0.01)
    after = call.interrupts
    assert not [one for one in threading.enumerate() if one.name == "stopping"]
    assert call.interrupts == after


def test_the_second_goes_at_once() -> None:
    with stoppable(OpenCall()):
        press()
        with pytest.raises(KeyboardInterrupt):
            press()


def test_before_a_file_is_open_the_first_goes_at_once() -> None:
    with stoppable(OpenCall(is_open=False)), pytest.raises(KeyboardInterrupt):
        press()


def test_what_must_be_finished_is_finished() -> None:
    call = OpenCall()
    call.must_finish = True
    with stoppable(call):
        press()
    assert (call.interrupts, call.terminal.stopping.is_set()) == (0, False)
    assert call.said.getvalue() == "Please wait: this is being finished.\n"


def test_a_file_that_is_being_closed_is_not_disturbed() -> None:
    before = signal.getsignal(signal.SIGINT)
    with deaf():
        press()
    assert signal.getsignal(signal.SIGINT) is before
