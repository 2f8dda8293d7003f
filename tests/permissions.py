"""Root overrides every permission: without these rights it meets them as anybody does."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager

_VERSION_3 = 0x20080522
_OVERRIDING = 1 << 1 | 1 << 2
"""CAP_DAC_OVERRIDE and CAP_DAC_READ_SEARCH."""

_libc = ctypes.CDLL(None, use_errno=True)


class _Header(ctypes.Structure):
    _fields_ = (("version", ctypes.c_uint32), ("pid", ctypes.c_int))


class _Rights(ctypes.Structure):
    _fields_ = (
        ("effective", ctypes.c_uint32),
        ("permitted", ctypes.c_uint32),
        ("inheritable", ctypes.c_uint32),
    )


@contextmanager
def minding_permissions() -> Iterator[None]:
    """Have permissions hold for this thread; processes that it starts as root override them again."""
    header, rights = _Header(_VERSION_3, 0), (_Rights * 2)()
    _call(_libc.capget, header, rights)
    before = rights[0].effective
    rights[0].effective = before & ~_OVERRIDING
    _call(_libc.capset, header, rights)
    try:
        yield
    finally:
        rights[0].effective = before
        _call(_libc.capset, header, rights)


def _call(call: ctypes._NamedFuncPointer, header: _Header, rights: ctypes.Array[_Rights]) -> None:
    if call(ctypes.byref(header), rights):
        raise OSError(ctypes.get_errno(), "capabilities cannot be changed")
