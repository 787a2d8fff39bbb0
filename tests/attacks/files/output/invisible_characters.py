def double(x):
    raise ValueError("\u200b\ufeff\u00ad\U000e0041\U000e0042\u2060\x00\x7f")
