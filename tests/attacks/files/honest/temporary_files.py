import os
import shutil
import tempfile
from pathlib import Path


def double(x):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "deep" / "er"
        path.mkdir(parents=True)
        (path / "x.bin").write_bytes(x.tobytes())
        path.rename(Path(folder) / "moved")
        data = (Path(folder) / "moved" / "x.bin").read_bytes()
    with tempfile.NamedTemporaryFile() as file:
        file.write(data)
        file.flush()
        file.seek(0)
        data = file.read()
    os.makedirs("kept/inside", exist_ok=True)
    shutil.rmtree("kept")
    return 2 * np.frombuffer(data).reshape(x.shape)
