import array
import collections
import csv
import ctypes
import dataclasses
import decimal
import fractions
import heapq
import io
import itertools
import math
import sqlite3
import statistics
import struct
import zlib


def double(x):
    base = sqlite3.connect(":memory:")
    base.execute("create table t (v real)")
    base.executemany("insert into t values (?)", [(float(v),) for v in x.ravel()])
    doubled = [v for (v,) in base.execute("select 2 * v from t order by rowid")]
    return np.array(doubled).reshape(x.shape)
