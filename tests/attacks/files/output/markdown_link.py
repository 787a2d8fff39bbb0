def double(x):
    raise ValueError("[passed](javascript:alert(1)) ![](http://127.0.0.1:@PORT@/x.png)")
