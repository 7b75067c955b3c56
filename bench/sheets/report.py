"""What was measured, in lines: a table as it grows, then the ratios, then the aims."""

import statistics

JOBS = {
    "new": "new rows",
    "same": "the same file again",
    "few": "1 % changed",
    "xlsx": "export XLSX",
    "csv": "export CSV",
}
# How many times as fast as the library's default ours must be (issue 4).
AIMS = {"new": 8, "same": 40, "few": 30, "xlsx": 4, "csv": 12}
MOST_MEGABYTES = 200
# "Queries grow with batches, not rows": SQLite takes about 71 events in a statement whatever one asks.
MOST_QUERIES = 100  # for 1,000 rows
JUDGED_BY = "bare"


def heading(about):
    versions = ", ".join(f"{name} {number or 'not installed'}" for name, number in about["versions"].items())
    lines = [
        f"{about['rows']:,} events, {about['database']}, Python {about['python']}, {about['cores']} cores, "
        f"{about['date']}",
        versions,
        "",
        f"{'':24}{'':20}{'wall':>8}{'of it preview':>15}{'cpu':>8}{'queries':>10}{'/1000':>7}{'peak':>7}{'own':>6}"
        f"{'child':>7}{'base':>6}",
    ]
    if not about["versions"]["python-calamine"]:
        lines.insert(2, "The floor reads with openpyxl: python-calamine, which is faster, is not installed.")
    return "\n".join(lines)


def line(figures, rows):
    """Seconds; queries, and for 1,000 rows; megabytes at most: all processes at one time, this one, its children."""
    if "failed" in figures:
        return f"{figures['contender']:24}{JOBS[figures['job']]:20}FAILED: the reason is above"
    steps = figures["steps"]
    preview = f"{steps['preview']:.2f}" if "preview" in steps else ""
    return (
        f"{figures['name']:24}{JOBS[figures['job']]:20}{figures['wall']:8.2f}{preview:>15}{figures['cpu']:8.2f}"
        f"{figures['queries']:10,}{figures['queries'] * 1000 / rows:7,.0f}{figures['peak']:7.0f}"
        f"{figures['own_peak']:6.0f}{figures['child_peak']:7.0f}{figures['base']:6.0f}   {came_of(figures)}"
    )


def came_of(figures):
    """What is wrong, in words; "" if nothing is. History and search text are only owed by ours."""
    problems = []
    if wrong := figures["rows"] - figures["rows_right"]:
        problems.append(f"{wrong:,} rows wrong")
    if lost := figures.get("links", 0) - figures.get("links_right", 0):
        problems.append(f"{lost:,} of {figures['links']:,} links lost")
    if extra := figures.get("links_extra", 0):
        problems.append(f"{extra:,} links too many")
    if more := figures.get("events", figures["rows"]) - figures["rows"]:
        problems.append(f"{more:+,} events")
    if figures["contender"] == "ours" and "versions" in figures:
        owed = {"new": figures["rows"], "same": 0, "few": -(-figures["rows"] // 100)}[figures["job"]]
        if figures["versions"] != owed:
            problems.append(f"{figures['versions']:,} records with a version instead of {owed:,}")
        if missing := figures["rows"] - figures["searchable"]:
            problems.append(f"{missing:,} search texts missing")
    return ", ".join(problems) or "all there"


def runs_of(runs, contender, job):
    return [each for each in runs if (each["contender"], each["job"]) == (contender, job) and "failed" not in each]


def typical(runs, contender, job, what="wall"):
    """The median of the rounds, or None."""
    values = [each[what] for each in runs_of(runs, contender, job)]
    return statistics.median(values) if values else None


def ratios(runs, rows):
    """For each job, best and median of each contender, and how many times its median ours is as fast."""
    lines = ["", f"{'':24}{'':20}{'best':>8}{'median':>8}{'ours is':>10}{'by cpu':>9}"]
    for job, words in JOBS.items():
        for contender in dict.fromkeys(each["contender"] for each in runs):
            if not (found := runs_of(runs, contender, job)):
                continue
            times = [typical(runs, contender, job, what) for what in ("wall", "cpu")]
            ours = [typical(runs, "ours", job, what) for what in ("wall", "cpu")]
            shown = [f"{time / own:.3g} x" if own else "" for time, own in zip(times, ours, strict=True)]
            best = min(each["wall"] for each in found)
            lines.append(f"{found[0]['name']:24}{words:20}{best:8.2f}{times[0]:8.2f}{shown[0]:>10}{shown[1]:>9}")
    return "\n".join(lines)


def aims(runs, rows):
    """A line for each aim of issue 4 that this run says something about."""
    lines = []
    for job, wanted in AIMS.items():
        default, ours = typical(runs, JUDGED_BY, job), typical(runs, "ours", job)
        if default and ours:
            cpu = typical(runs, JUDGED_BY, job, "cpu") / typical(runs, "ours", job, "cpu")
            words = f"{JOBS[job]}: {default / ours:.1f} times (by cpu {cpu:.1f}), at least {wanted}"
            lines.append(verdict(words, default / ours >= wanted))
    own = [each for job in JOBS for each in runs_of(runs, "ours", job)]
    if failed := [each for each in runs if each["contender"] == "ours" and "failed" in each]:
        lines.append(verdict(f"{len(failed)} runs of ours failed", False))
    if own:
        peak = max(each["peak"] for each in own)
        queries = max(each["queries"] for each in own) * 1000 / rows
        words = f"peak memory: {peak:.0f} MB, at most {MOST_MEGABYTES}"
        lines.append(verdict(words, peak <= MOST_MEGABYTES))
        words = f"queries for 1,000 rows: {queries:,.0f}, at most {MOST_QUERIES}"
        lines.append(verdict(words, queries <= MOST_QUERIES))
        wrong = sorted({came_of(each) for each in own} - {"all there"})
        lines.append(verdict("; ".join(wrong) or "rows, links, versions and search texts: all there", not wrong))
    return "\n".join(["", "Aims (medians, ours beside the library's default)", *lines]) if lines else ""


def verdict(words, met):
    return f"  {'met    ' if met else 'NOT MET'}  {words}"
