"""Compares the results of bench/against: python3 against.py FOLDER ROUNDS THRESHOLD REF."""
import json
import statistics
import sys


def main(folder, rounds, threshold, ref):
    def read(side):
        return [{one["Name"]: one for one in json.load(open(f"{folder}/{side}.{number}.json", encoding="utf-8"))} for number in range(1, rounds + 1)]

    old, new = read("ref"), read("here")
    failed = False
    print(f"| workload | {ref} | here | ratio (min - max) | allocated, {ref} / here | |")
    print("|---|---:|---:|---:|---:|---|")
    for name in old[0]:
        # Two processes that ran one after the other are compared with each other, not with those of another minute.
        ratios = [b[name]["Median"] / a[name]["Median"] for a, b in zip(old, new)]
        ratio = statistics.median(ratios)
        before, after = (statistics.median(one[name]["Median"] for one in side) for side in (old, new))
        bytes_before, bytes_after = (statistics.median(one[name]["Bytes"] for one in side) for side in (old, new))
        verdicts = []
        if ratio > 1 + threshold / 100:
            verdicts.append(f"slower by {(ratio - 1) * 100:.1f} %")
        if bytes_after > bytes_before * 1.01 + 1:
            verdicts.append("allocates more")
        failed |= bool(verdicts)
        print(
            f"| {name} | {before:,.1f} ns | {after:,.1f} ns | {ratio:.3f} ({min(ratios):.3f} - {max(ratios):.3f}) "
            f"| {bytes_before:,.1f} / {bytes_after:,.1f} B | {', '.join(verdicts) or 'ok'} |"
        )
    return 1 if failed else 0


sys.exit(main(sys.argv[1], int(sys.argv[2]), float(sys.argv[3]), sys.argv[4]))
