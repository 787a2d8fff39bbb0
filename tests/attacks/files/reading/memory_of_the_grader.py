def double(x):
    with open("/proc/@PID@/mem", "rb") as memory, open("/proc/@PID@/maps") as maps:
        start = int(maps.readline().partition("-")[0], 16)
        memory.seek(start)
        memory.read(64)
    return 2 * x
