"""Which processor trains here, by name, and how it is set up once per process."""

import ctypes
import os
import platform
import sys
from functools import cache


@cache
def settle() -> None:
    """Set up torch for training beside a web server; called once.

    One core stays free for the pages. On Linux the C library is told to keep freed blocks: training frees and takes the
    same megabytes thousands of times, and each return trip to the system cost as much as the arithmetic (measured on stacks of
    a hundred networks: 0.17 s a frame where blocks up to 32 MB are kept, 0.34 s where only those up to 4 MB are).
    """
    import torch

    sys.setswitchinterval(0.001)  # trainer and pages hand the interpreter to each other after 1 ms instead of 5
    torch.set_num_threads(max(1, (os.cpu_count() or 2) - 1))
    if sys.platform == "linux" and platform.libc_ver()[0] == "glibc":
        libc = ctypes.CDLL(None)
        libc.mallopt(-3, 1 << 25)  # M_MMAP_THRESHOLD: blocks up to 32 MB come from the heap, larger ones are given back
        libc.mallopt(-1, 1 << 26)  # M_TRIM_THRESHOLD: up to 64 MB of free heap is kept


def give_back() -> None:
    """Give free blocks of memory back to the system, where the C library can; now and then, not while training hurries."""
    if sys.platform == "linux" and platform.libc_ver()[0] == "glibc":
        ctypes.CDLL(None).malloc_trim(0)


@cache
def devices() -> dict[str, str]:
    """The devices that can train here, best first: `{"cuda": "NVIDIA H200", "cpu": "CPU, 2 cores"}`."""
    import torch

    found = {}
    if torch.cuda.is_available():
        found["cuda"] = torch.cuda.get_device_name(0)
    if torch.backends.mps.is_available():
        found["mps"] = "Apple GPU"
    found["cpu"] = f"CPU, {os.cpu_count()} cores"
    return found
