# SPDX-License-Identifier: Apache-2.0 OR MIT
"""What was measured, for people."""

TITLES = {"check": "check, beside fsck.erofs --extract",
          "extract": "extract to a directory, beside fsck.erofs --extract=DIR"}
NAME = 14


def seconds(value):
    """Two or three digits of a time."""
    if value is None:
        return "-"
    return f"{value:.2f} s" if value >= 0.1 else f"{value * 1000:.0f} ms"


def mebibytes(value):
    return "-" if value is None else f"{value / 1024:.0f} MiB"


def ratio(one):
    """The ratio, marked where it is less than promised."""
    if one["ratio"] is None:
        return "-"
    short = one["goal"] is not None and one["ratio"] < one["goal"]
    return f"{one['ratio']:.2f}x{'!' if short else ' '}"


def median(side):
    return None if side is None else side["median"]


def peak(side):
    return None if side is None else side["peak_kib"]


def highest(ones, side):
    """The peak memory of a side over all numbers of cores."""
    peaks = [peak(one[side]) for one in ones if one[side] is not None]
    return max(peaks, default=None)


def work_table(results, work, cores):
    """Lines for one kind of work over all images."""
    blocks = ["one core" if c == 1 else f"{c} cores" for c in cores]
    lines = [TITLES[work], " " * NAME + "".join(
        f"{block:^24}" for block in blocks) + f"{'peak memory':>18}"]
    lines.append(f"{'image':{NAME}}" + f"{'ours':>8}{'peer':>8}{'ratio':>7} "
                 * len(blocks) + f"{'ours':>9}{'peer':>9}")
    for result in results:
        ones = [one for one in result["works"] if one["work"] == work]
        if not ones:
            continue
        line = f"{result['image']['name']:{NAME}.{NAME}}"
        for one in ones:
            line += (f"{seconds(median(one['ours'])):>8}"
                     f"{seconds(median(one['peer'])):>8}{ratio(one):>8}")
        line += (f"{mebibytes(highest(ones, 'ours')):>9}"
                 f"{mebibytes(highest(ones, 'peer')):>9}")
        lines.append(line)
    return lines


def limit_table(results):
    """Lines that compare check on one core with its library alone."""
    rows = [r for r in results if r["bare"] and r["bare"]["pclusters"]]
    if not rows:
        return []
    lines = ["the decoders alone, over the same pclusters on one core",
             f"{'image':{NAME}}{'pclusters':>11}{'decoded':>11}{'time':>9}"
             f"{'speed':>13}{'check takes':>14}"]
    for row in rows:
        bare = row["bare"]
        speed = bare["bytes"] / max(bare["median"], 1e-9) / 2 ** 20
        ours = [median(one["ours"]) for one in row["works"]
                if one["work"] == "check" and one["cores"] == 1]
        times = (f"{ours[0] / max(bare['median'], 1e-9):.2f} times"
                 if ours and ours[0] else "-")
        lines.append(f"{row['image']['name']:{NAME}.{NAME}}"
                     f"{bare['pclusters']:>11}"
                     f"{bare['bytes'] / 2 ** 20:>7.0f} MiB"
                     f"{seconds(bare['median']):>9}{speed:>7.0f} MiB/s"
                     f"{times:>14}")
    return lines


def image_table(results):
    """Lines that say what was read."""
    lines = [f"{'image':{NAME}}{'size':>9}{'files':>9}{'content':>10}"
             "   mkfs.erofs"]
    for result in results:
        image = result["image"]
        content = ("-" if image["bytes"] is None
                   else f"{image['bytes'] / 2 ** 20:.0f} MiB")
        lines.append(f"{image['name']:{NAME}.{NAME}}"
                     f"{image['size'] / 2 ** 20:>5.0f} MiB"
                     f"{image['files'] or '-':>9}{content:>10}"
                     f"   {image['options']}".rstrip())
    return lines


def render(report):
    """The whole report as text."""
    host = report["host"]
    lines = [f"{host['cpu']}, Linux {host['kernel']}; {host['peer']}",
             f"medians of up to {report['rounds']} rounds, in turns, warm "
             "cache; ratio: peer / ours", ""]
    results = report["results"]
    if results:
        lines += image_table(results)
    for work in TITLES:
        if any(one["work"] == work for r in results for one in r["works"]):
            lines += ["", *work_table(results, work, report["cores"])]
    limit = limit_table(results)
    if limit:
        lines += ["", *limit]
    short = sum(one["ratio"] is not None and one["goal"] is not None
                and one["ratio"] < one["goal"]
                for r in results for one in r["works"])
    if short:
        lines += ["", f"! below what is promised: {short}"]
    notes = report["notes"] + [f"{r['image']['name']}: {failure}"
                               for r in results for failure in r["failures"]]
    if notes:
        lines += ["", *(f"note: {note}" for note in notes)]
    return "\n".join(lines) + "\n"
