import subprocess


def double(x):
    subprocess.run(["/bin/sh", "-c", "exit 0"], check=True)
    return 2 * x
