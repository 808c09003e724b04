"""What all tests share: one thread for each process, since tests, servers and the files they start share few cores."""

import os

os.environ.setdefault("OMP_NUM_THREADS", "1")  # before torch is imported; two threads that wait for each other are far slower
