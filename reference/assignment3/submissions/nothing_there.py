# I will do this tomorrow.
import numpy as np
