def double(x):
    raise ValueError('=HYPERLINK("http://127.0.0.1:@PORT@/","passed")')
