def double(x):
    found = []
    found.append(found)
    return found
