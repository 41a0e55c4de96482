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

import structlog

log = structlog.stdlib.get_logger(__name__)
SETUP, ENTER = 425, 426  # system calls; the same on every architecture since Linux 5.1
OFF_SQ_RING, OFF_CQ_RING, OFF_SQES = 0, 0x8000000, 0x10000000
ENTER_GETEVENTS = 1
OP_SEND = 26
MSG_DONTWAIT, MSG_NOSIGNAL = 0x40, 0x4000
AT_ONCE = 1024  # sockets in one call
# In place of bytes, where the kernel failed us: it never got this far, or took the submission and said nothing of it.
UNASKED, UNANSWERED = -10_000, -errno.EIO
ROOM = 64 * 1024  # bytes that are sent at a time, at first
SQE, CQE = 16, 4  # words of 32 bits in a submission and in a completion
# Words of a submission: operation, descriptor, address of the bytes (two), their number, flags, what names the answer.
W_OP, W_FD, W_LOW, W_HIGH, W_SIZE, W_FLAGS, W_NAME = 0, 1, 4, 5, 6, 7, 8
PARAMETERS = struct.Struct(
    "10I 10I 10I"
)  # of io_uring_params: its own fields, and where the rings' fields are


class Ring:
    """One ring of one thread. `open` gives none where the kernel has none to give, as container runtimes often see to.

    `given_up` once the kernel refused a call, being short of memory perhaps: what it has not taken of that one would be
    the first that it takes of the next, bytes and descriptors of another time. So there is no next one.
    """

    def __init__(self, descriptor: int, parameters: tuple[int, ...]) -> None:
        self.given_up = False
        self._descriptor = descriptor
        self._system_call = ctypes.CDLL(None, use_errno=True).syscall
        entries, answers = parameters[:2]
        submitting, answering = parameters[10:20], parameters[20:30]
        sq_ring = self._mapped(OFF_SQ_RING, submitting[6] + 4 * entries).cast("I")
        cq_ring = self._mapped(OFF_CQ_RING, answering[5] + 4 * CQE * answers)
        self._sq_tail, self._sq_mask = _word(sq_ring, submitting[1]), entries - 1
        self._cq_head, self._cq_mask = _word(cq_ring.cast("I"), answering[0]), answers - 1
        self._cq_tail = _word(cq_ring.cast("I"), answering[1])
        self._cqes = cq_ring[answering[5] : answering[5] + 4 * CQE * answers].cast("i")
        self._results = self._cqes[2::CQE]
        self._order = sq_ring[submitting[6] // 4 :]
        self._names = array("I", range(entries))
        self._sqes = self._mapped(OFF_SQES, 4 * SQE * entries).cast("I")
        for word, values in (
            (W_OP, array("I", [OP_SEND]) * entries),
            (W_FLAGS, array("I", [MSG_DONTWAIT | MSG_NOSIGNAL]) * entries),
            (W_NAME, self._names),
        ):
            self._sqes[word::SQE] = values
        self._make_room(ROOM)

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

    def send(self, descriptors: "array[int]", wire: bytes) -> list[int] | None:
        """Sends all of `wire` to each socket. None when all took all of it, as nearly always; else how many bytes each
        took, or its error number, negative; UNASKED those whom it did not get to because it had to be given up.
        """
        size, everybody = len(wire), memoryview(descriptors)
        if size > len(self._bytes):
            self._make_room(size)
        ctypes.memmove(self._bytes, wire, size)
        taken: list[int] = []
        for start in range(0, len(everybody), AT_ONCE):
            part = everybody[start : start + AT_ONCE]
            answers = [UNASKED] * len(part) if self.given_up else self._send(part, size)
            if answers is not None and not taken:
                taken = [size] * start
            if answers is not None or taken:
                taken += answers or [size] * len(part)
        return taken or None

    def _send(self, descriptors: memoryview, size: int) -> list[int] | None:
        count, end = len(descriptors), SQE * len(descriptors)
        self._sqes[W_FD:end:SQE] = descriptors
        self._sqes[W_SIZE:end:SQE] = array("I", [size]) * count
        if (begun := self._submit(count)) < count:
            return self._answers_so_far(begun, count)
        return self._answers(count, size)

    def _make_room(self, size: int) -> None:
        """What is sent stands in one place, so that the submissions need not be told anew where."""
        self._bytes = ctypes.create_string_buffer(size)
        address = ctypes.addressof(self._bytes)
        entries = len(self._names)
        for word, value in ((W_LOW, address & 0xFFFFFFFF), (W_HIGH, address >> 32)):
            self._sqes[word::SQE] = array("I", [value]) * entries

    def _submit(self, count: int) -> int:
        """Hands the first `count` submissions to the kernel, and returns when each has its answer.

        How many it took: fewer than all when it refused the rest, and the ring is given up.
        """
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
            if done < 0 and (error := ctypes.get_errno()) != errno.EINTR:
                log.error("fanout_ring_given_up", code=errno.errorcode.get(error, error))
                self.given_up = True
                break
            begun += max(done, 0)
        return begun

    def _answers(self, count: int, size: int) -> list[int] | None:
        """None when everybody took `size` bytes: then nothing is read into Python for each of them."""
        parts = self._parts(count)
        whole = memoryview(array("i", [size]) * count)
        all_took_all = all(self._results[start:end] == whole[: end - start] for start, end in parts)
        taken = None if all_took_all else self._by_name([0] * count, parts)
        self._cq_head[0] = (self._cq_head[0] + count) & 0xFFFFFFFF
        return taken

    def _answers_so_far(self, begun: int, count: int) -> list[int]:
        """The kernel takes submissions in order, so the first `begun` of them are those that it may have carried out."""
        known = (self._cq_tail[0] - self._cq_head[0]) & 0xFFFFFFFF
        return self._by_name([UNANSWERED] * begun + [UNASKED] * (count - begun), self._parts(known))

    def _parts(self, count: int) -> tuple[tuple[int, int], ...]:
        """Where the next `count` answers stand: up to the ring's end, and on from its beginning."""
        at = self._cq_head[0] & self._cq_mask
        last = min(at + count, self._cq_mask + 1)
        return (at, last), (0, at + count - last)

    def _by_name(self, taken: list[int], parts: tuple[tuple[int, int], ...]) -> list[int]:
        for start, end in parts:
            found = self._cqes[CQE * start : CQE * end].tolist()
            for name, each in zip(found[::CQE], found[2::CQE], strict=True):
                taken[name] = each
        return taken

    def close(self) -> None:
        """Gives the ring back."""
        os.close(self._descriptor)

    def _mapped(self, offset: int, size: int) -> memoryview:
        return memoryview(mmap.mmap(self._descriptor, size, offset=offset))


def _word(ring: memoryview, offset: int) -> memoryview:
    return ring[offset // 4 : offset // 4 + 1]
