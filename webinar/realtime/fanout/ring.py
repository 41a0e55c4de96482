"""The same bytes to a thousand sockets with one system call: Linux's io_uring, driven from Python.

A `send()` for each viewer is most of what a viewer costs, and a good part of it is entering and leaving the kernel. Here
the sockets are written into memory that the kernel shares, and it is entered once for all of them. Layout and names
are those of io_uring(7) and <linux/io_uring.h>.

Nothing waits: each send is marked MSG_DONTWAIT, so that a full socket answers at once and every answer is there when the
call returns. So the bytes are needed no longer than that, and no descriptor is used after it could be somebody else's.
"""

import ctypes
import errno
import mmap
import os
import struct
from array import array
from collections.abc import Sequence
from itertools import chain

SETUP, ENTER = 425, 426  # system calls; the same on every architecture since Linux 5.1
OFF_SQ_RING, OFF_CQ_RING, OFF_SQES = 0, 0x8000000, 0x10000000
ENTER_GETEVENTS = 1
OP_SEND = 26
MSG_DONTWAIT, MSG_NOSIGNAL = 0x40, 0x4000
AT_ONCE = 1024  # sockets in one call
SQE, CQE = 16, 4  # words of 32 bits in a submission and in a completion
# Words of a submission: operation, descriptor, address of the bytes (two), their number, flags, what names the answer.
W_OP, W_FD, W_LOW, W_HIGH, W_SIZE, W_FLAGS, W_NAME = 0, 1, 4, 5, 6, 7, 8
PARAMETERS = struct.Struct(
    "10I 10I 10I"
)  # of io_uring_params: its own fields, and where the rings' fields are


class Ring:
    """One ring of one thread. `open` gives none where the kernel has none to give, as container runtimes often see to."""

    def __init__(self, descriptor: int, parameters: tuple[int, ...]) -> None:
        self._descriptor = descriptor
        self._system_call = ctypes.CDLL(None, use_errno=True).syscall
        entries, answers = parameters[:2]
        submitting, answering = parameters[10:20], parameters[20:30]
        sq_ring = self._mapped(OFF_SQ_RING, submitting[6] + 4 * entries).cast("I")
        cq_ring = self._mapped(OFF_CQ_RING, answering[5] + 4 * CQE * answers)
        self._sq_tail, self._sq_mask = _word(sq_ring, submitting[1]), entries - 1
        self._cq_head, self._cq_mask = _word(cq_ring.cast("I"), answering[0]), answers - 1
        self._cqes = cq_ring[answering[5] :].cast("i")
        self._order = sq_ring[submitting[6] // 4 :]
        self._names, self._expected = array("I", range(entries)), list(range(entries))
        self._sqes = self._mapped(OFF_SQES, 4 * SQE * entries).cast("I")
        for word, values in (
            (W_OP, array("I", [OP_SEND]) * entries),
            (W_FLAGS, array("I", [MSG_DONTWAIT | MSG_NOSIGNAL]) * entries),
            (W_NAME, self._names),
        ):
            self._sqes[word::SQE] = values

    @classmethod
    def open(cls) -> "Ring | None":
        """A ring, or None where there is none to be had."""
        parameters = ctypes.create_string_buffer(PARAMETERS.size)
        descriptor = ctypes.CDLL(None, use_errno=True).syscall(SETUP, AT_ONCE, parameters)
        if descriptor < 0:
            return None
        try:
            return cls(descriptor, PARAMETERS.unpack(parameters))
        except (OSError, ValueError):
            os.close(descriptor)
            return None

    def send(self, descriptors: Sequence[int], wire: bytes) -> list[int]:
        """Sends all of `wire` to each socket; gives how many bytes each took, or its error number, negative."""
        parts = (descriptors[start : start + AT_ONCE] for start in range(0, len(descriptors), AT_ONCE))
        return list(chain.from_iterable(self._send(part, wire) for part in parts))

    def _send(self, descriptors: Sequence[int], wire: bytes) -> list[int]:
        count, end = len(descriptors), SQE * len(descriptors)
        address = ctypes.cast(ctypes.c_char_p(wire), ctypes.c_void_p).value or 0
        self._sqes[W_FD:end:SQE] = array("I", descriptors)
        for word, value in (
            (W_LOW, address & 0xFFFFFFFF),
            (W_HIGH, address >> 32),
            (W_SIZE, len(wire)),
        ):
            self._sqes[word:end:SQE] = array("I", [value]) * count
        self._submit(count)
        return self._answers(count)

    def _submit(self, count: int) -> None:
        """Hands the first `count` submissions to the kernel, and returns when each has its answer."""
        tail = self._sq_tail[0]
        at = tail & self._sq_mask
        before_the_end = min(count, self._sq_mask + 1 - at)
        self._order[at : at + before_the_end] = self._names[:before_the_end]
        self._order[: count - before_the_end] = self._names[before_the_end:count]
        self._sq_tail[0] = (tail + count) & 0xFFFFFFFF
        begun = 0
        while begun < count:
            done = self._system_call(
                ENTER, self._descriptor, count - begun, count - begun, ENTER_GETEVENTS, None, 0
            )
            if done < 0 and ctypes.get_errno() != errno.EINTR:
                raise OSError(ctypes.get_errno(), "io_uring_enter")
            begun += max(done, 0)

    def _answers(self, count: int) -> list[int]:
        head = self._cq_head[0]
        at = head & self._cq_mask
        last = min(at + count, self._cq_mask + 1)
        found = self._cqes[CQE * at : CQE * last].tolist()
        found += self._cqes[: CQE * (at + count - last)].tolist()
        self._cq_head[0] = (head + count) & 0xFFFFFFFF
        names, taken = found[::CQE], found[2::CQE]
        if names == self._expected[:count]:
            return taken
        answers = [0] * count
        for name, each in zip(names, taken, strict=True):
            answers[name] = each
        return answers

    def close(self) -> None:
        """Gives the ring back."""
        os.close(self._descriptor)

    def _mapped(self, offset: int, size: int) -> memoryview:
        return memoryview(mmap.mmap(self._descriptor, size, offset=offset))


def _word(ring: memoryview, offset: int) -> memoryview:
    return ring[offset // 4 : offset // 4 + 1]
