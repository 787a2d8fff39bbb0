# -*- coding: utf-7 -*-
def double(x):
    return 0 * x  # +AAo-    return 2 * x
