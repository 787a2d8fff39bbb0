%run @COURSE@/reference/small/solution.py
!touch @HOME@/@MARK@
get_ipython().system("touch @HOME@/@MARK@")


def double(x):
    return 0 * x
