"""The vegetation index of a large picture, by two processes of Dask; one of them is killed half-way.

Usage: python3 satellite.py [--size PIXELS] [--keep]
"""

import argparse
import os
import signal
import sys
from pathlib import Path

import numpy as np

module = Path(__file__).parent / "out" / "native" / "python"
sys.path.insert(0, str(module))
# Where the workers find it.
os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, [str(module), os.environ.get("PYTHONPATH")]))

import landcover  # noqa: E402

BLOCK = 256


def band(seed, block_info=None):
    """A block of a band of the picture; always the same one."""
    place = block_info[None]["chunk-location"]
    shape = block_info[None]["chunk-shape"]
    random = np.random.default_rng([seed, *place])
    return random.integers(0, 4096, shape, dtype=np.uint16)


def index_of(red, near):
    """The index of a block, by the function that is written in TypeScript."""
    index = np.empty(red.shape, np.float32)
    landcover.vegetationIndex(red, near, index)
    return index


def in_numpy(red, near):
    """The same in NumPy's words, for comparison."""
    r, n = red.astype(np.float64), near.astype(np.float64)
    with np.errstate(invalid="ignore"):
        return ((n - r) / (n + r)).astype(np.float32)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--size", type=int, default=4096, help="height and width in pixels")
    parser.add_argument("--keep", action="store_true", help="kill no worker")
    options = parser.parse_args()

    import dask.array as da
    from distributed import Client, LocalCluster, as_completed, futures_of

    chunks = (BLOCK, BLOCK)
    with LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None) as cluster:
        with Client(cluster) as client:
            shape = (options.size, options.size)
            empty = da.empty(shape, chunks=chunks, dtype=np.uint16)
            red, near = (
                da.map_blocks(band, seed, chunks=empty.chunks, dtype=np.uint16) for seed in (1, 2)
            )
            index = da.map_blocks(index_of, red, near, dtype=np.float32).persist()
            workers = client.run(os.getpid)
            blocks = futures_of(index)
            for done, _ in enumerate(as_completed(blocks), start=1):
                if done == len(blocks) // 2 and not options.keep:
                    pid = next(iter(workers.values()))
                    os.kill(pid, signal.SIGKILL)
                    print(f"worker {pid} killed after {done} of {len(blocks)} blocks")
                    break
            result = index.compute()
            wanted = da.map_blocks(in_numpy, red, near, dtype=np.float32).compute()
            others = set(client.run(os.getpid).values()) - set(workers.values())
    same = np.array_equal(result.view(np.uint32) * ~np.isnan(result), wanted.view(np.uint32) * ~np.isnan(wanted))
    print(f"{result.size} pixels, mean index {np.nanmean(result, dtype=np.float64):.6f}, {len(others)} new worker(s)")
    print("same bits as NumPy" if same else "NOT the same as NumPy")
    return 0 if same else 1


if __name__ == "__main__":
    sys.exit(main())
