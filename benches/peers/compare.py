"""The join of tinhgon beside its peers, on the same names in the same run.

    pip install -r requirements.txt
    cargo build --release
    python compare.py NAMES.txt [--threshold 0.85] [--engines ours,difflib,sp_matmul_rs,rensa]
    python compare.py --names-of requests.csv NAMES.txt   distinct names of papers, from `tinhgon ingest … --csv`

NAMES.txt holds one distinct name a line. All engines compare runs of three characters, weighted by occurrences times
ln(n / df). Every engine runs in a process of its own; time is that of the join with all it needs from the names on.
Answers are compared pair by pair with those of difflib-fast, or of tinhgon where difflib-fast does not run.

- sp_matmul_rs keeps the ten best partners of a row, so it may lose pairs.
- rensa gives unverified candidates (128 permutations, 32 bands); they are verified here, and what it misses is counted.
"""

import argparse
import csv
import json
import math
import pathlib
import resource
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).parent
ENGINES = ["ours", "difflib", "sp_matmul_rs", "rensa"]
# Engines round in other places; nearer to the threshold than this a pair may be on either side.
ROUNDING = 1e-6


def grams(name):
    return [name[i : i + 3] for i in range(len(name) - 2)] if len(name) > 2 else [name]


def vectors(names):
    """Unit TF-IDF vectors of all names, one sparse row each."""
    import numpy as np
    from scipy.sparse import csr_matrix

    number, rows, columns = {}, [], []
    for row, name in enumerate(names):
        for gram in grams(name):
            rows.append(row)
            columns.append(number.setdefault(gram, len(number)))
    counts = csr_matrix((np.ones(len(rows)), (rows, columns)), shape=(len(names), len(number)))
    counts.sum_duplicates()
    frequency = np.bincount(counts.indices, minlength=len(number))
    counts.data *= np.log(len(names) / frequency)[counts.indices]
    norms = np.sqrt(np.asarray(counts.multiply(counts).sum(axis=1)).ravel())
    norms[norms == 0] = 1
    counts.data /= np.repeat(norms, np.diff(counts.indptr))
    return counts


def sp_matmul(names, threshold):
    from sp_matmul_rs import sp_matmul_topn

    a = vectors(names)
    found = sp_matmul_topn(a, a.T.tocsr(), top_n=10, threshold=threshold, n_threads=2).tocoo()
    pairs = {(min(i, j), max(i, j)): s for i, j, s in zip(found.row, found.col, found.data) if i != j and s >= threshold}
    return pairs, None


def rensa(names, threshold):
    import numpy as np
    from rensa import RMinHash, RMinHashLSH

    digests = RMinHash.from_token_sets([grams(name) for name in names], num_perm=128, seed=1)
    index = RMinHashLSH(threshold=0.7, num_perm=128, num_bands=32)
    index.insert_many(digests)
    candidates = set()
    for i, partners in enumerate(index.query_all(digests)):
        candidates.update((i, j) for j in partners if j > i)
    pairs = np.array(sorted(candidates), dtype=np.int64).reshape(-1, 2)
    a, kept = vectors(names), {}
    for part in range(0, len(pairs), 100_000):
        i, j = pairs[part : part + 100_000].T
        scores = np.asarray(a[i].multiply(a[j]).sum(axis=1)).ravel()
        kept.update({(int(x), int(y)): float(s) for x, y, s in zip(i, j, scores) if s >= threshold})
    return kept, len(candidates)


def engine(name, file, threshold, out):
    """Runs one engine in this process and writes its pairs."""
    names = pathlib.Path(file).read_text(encoding="utf-8").splitlines()
    start = time.perf_counter()
    pairs, candidates = {"sp_matmul_rs": sp_matmul, "rensa": rensa}[name](names, threshold)
    seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    note = f", {candidates} candidates" if candidates is not None else ""
    print(f"{name:12} {len(names)} names, {threshold}: {len(pairs)} pairs, {seconds:.2f} s, peak memory {peak} MiB{note}")
    with open(out, "w", encoding="utf-8") as file:
        file.writelines(f"{a}\t{b}\t{score}\n" for (a, b), score in pairs.items())


def read(path):
    pairs = {}
    for line in pathlib.Path(path).read_text(encoding="utf-8").splitlines():
        a, b, score = line.split("\t")
        pairs[int(a), int(b)] = float(score)
    return pairs


def compare(file, threshold, engines):
    target = subprocess.run(
        ["cargo", "metadata", "--format-version", "1", "--no-deps"], cwd=HERE, capture_output=True, text=True, check=True
    )
    binary = pathlib.Path(json.loads(target.stdout)["target_directory"]) / "release" / "peers"
    with tempfile.TemporaryDirectory() as folder:
        for name in engines:
            out = f"{folder}/{name}"
            own = [str(binary), name, file, str(threshold), out]
            other = [sys.executable, __file__, file, "--run", name, "--threshold", str(threshold), "--out", out]
            subprocess.run(own if name in ("ours", "difflib") else other, check=True)
        answers = {name: read(f"{folder}/{name}") for name in engines}
    reference = "difflib" if "difflib" in answers else "ours"
    whole = answers[reference]
    for name, pairs in answers.items():
        at = lambda score: math.isclose(score, threshold, abs_tol=ROUNDING)
        missing = sum(1 for pair, score in whole.items() if pair not in pairs and not at(score))
        extra = sum(1 for pair, score in pairs.items() if pair not in whole and not at(score))
        other = sum(1 for pair, score in pairs.items() if abs(whole.get(pair, score) - score) > ROUNDING)
        print(f"{name:12} against {reference}: {missing} missing, {extra} more, {other} with another score")


def names_of(table, out):
    """Distinct names of papers of a catalogue read by `tinhgon ingest … --csv`, lower case, single blanks."""
    with open(table, encoding="utf-8-sig", newline="") as file:
        names = {" ".join(row["text"].lower().split()): None for row in csv.DictReader(file)}
    names.pop("", None)
    pathlib.Path(out).write_text("\n".join(names), encoding="utf-8")
    print(f"{len(names)} names")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names")
    parser.add_argument("--threshold", type=float, default=0.85)
    parser.add_argument("--engines", default=",".join(ENGINES))
    parser.add_argument("--names-of", metavar="CSV")
    parser.add_argument("--run", choices=ENGINES[2:], help=argparse.SUPPRESS)
    parser.add_argument("--out", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.names_of:
        names_of(options.names_of, options.names)
    elif options.run:
        engine(options.run, options.names, options.threshold, options.out)
    else:
        compare(options.names, options.threshold, options.engines.split(","))


if __name__ == "__main__":
    main()
