import logging
import sys
import warnings

logging.basicConfig(level=logging.DEBUG, stream=sys.stderr)
logging.getLogger().addHandler(logging.FileHandler("run.log"))


def double(x):
    logging.debug("x = %s", x)
    warnings.warn("careful")
    return 2 * x
