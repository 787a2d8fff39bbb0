import os
import platform
import resource
import shutil
import sys
import time


def double(x):
    started = time.perf_counter()
    facts = [
        platform.platform(), sys.version, os.getcwd(), os.listdir("."), os.getpid(),
        resource.getrusage(resource.RUSAGE_SELF), shutil.disk_usage("."), os.environ.get("HOME"),
        os.path.exists("/content/drive"), os.path.exists("data.csv"), time.ctime(),
    ]
    time.sleep(0.01)
    return 2 * x if facts and time.perf_counter() > started else None
