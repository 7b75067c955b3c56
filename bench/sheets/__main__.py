"""``make bench-sheets``: sheets of events in and out, beside what the library does by default and beside the floor.

``python -m bench.sheets --help`` lists what can be left out; ``bench/README.md`` says how to read what it prints.
This process only starts, watches and reports: Django is in its children, one for each contender, job and round, on a
fresh copy of the database, so that nobody inherits another's memory, caches or rows.
"""

import argparse
import json
import os
import platform
import tempfile
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from bench.sheets import report
from bench.sheets.databases import databases
from bench.sheets.watching import ChildFailed, environment, run_child

# In this order: what the aims are judged by comes first, what takes longest last.
CONTENDERS = ("bare", "floor", "ours", "bulk", "mended", "default")
QUICK = ("floor", "ours")
JOBS = ("new", "same", "few", "xlsx", "csv")
EXPORTS = ("xlsx", "csv")
# Nobody's save() is part of an export: one row by row contender is enough.
EXPORTERS = ("bare", "floor", "ours")
PACKAGES = ("Django", "django-import-export", "tablib", "openpyxl", "lxml", "python-calamine", "psycopg")


def main():
    options = read_options()
    if options.contender:
        from bench.sheets.contender import run  # the child's side: imports Django

        run(options)
    elif options.prepare:
        from bench.sheets.data import prepare

        prepare(options.prepare, options.rows, options.folder)
    else:
        with tempfile.TemporaryDirectory(prefix="sheets-bench-") as folder:
            compare(options, Path(folder))


def read_options():
    parser = argparse.ArgumentParser(prog="python -m bench.sheets", description=__doc__.partition("\n")[0])
    parser.add_argument("--rows", type=int, default=10_000, help="events in the sheet (10000)")
    parser.add_argument("--only", help="jobs, of new,same,few,xlsx,csv; export is the last two (all)")
    parser.add_argument("--skip", default="", help=f"contenders to leave out, of {','.join(CONTENDERS)}")
    parser.add_argument("--json", type=Path, help="a file for everything that was measured, written after each run")
    for hidden in ("--contender", "--job", "--prepare"):
        parser.add_argument(hidden, help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    options.jobs = [*EXPORTS] if options.only == "export" else (options.only or ",".join(JOBS)).split(",")
    options.jobs = [job for each in options.jobs for job in (EXPORTS if each == "export" else [each])]
    options.contenders = [name for name in CONTENDERS if name not in options.skip.split(",")]
    if unknown := ({*options.jobs} - {*JOBS}) | ({*options.skip.split(",")} - {*CONTENDERS, ""}):
        parser.error(f"unknown: {', '.join(sorted(unknown))}")
    return options


def compare(options, folder):
    """The whole run: both databases are made once, copied for each child, and every child's figures kept."""
    found = {"about": about(options), "runs": []}
    with databases(folder) as store:
        prepare_both(options, folder, store)
        found["about"]["database"] = store.product
        print(report.heading(found["about"]), flush=True)
        for contender, job in wanted(options):
            for _round in range(rounds(contender)):
                figures = measure(options, folder, store, contender, job)
                found["runs"].append(figures)
                print(report.line(figures, options.rows), flush=True)
                if options.json:
                    options.json.write_text(json.dumps(found, indent=1, ensure_ascii=False))
    print(report.ratios(found["runs"], options.rows))
    print(report.aims(found["runs"], options.rows))


def prepare_both(options, folder, store):
    """Two databases to copy from: "empty" (countries and organisations) and "full" (the events too); and the files."""
    common = ["--rows", str(options.rows), "--folder", str(folder)]
    store.make("empty")
    run_child(["--prepare", "empty", *common], environment(store.url("empty")))
    store.copy("empty", "full")
    run_child(["--prepare", "full", *common], environment(store.url("full")))


def wanted(options):
    return [
        (contender, job)
        for contender in options.contenders
        for job in options.jobs
        if job not in EXPORTS or contender in EXPORTERS
    ]


def rounds(contender):
    """``ROUNDS`` for everybody; without it the quick ones get three, and those that take minutes one."""
    return int(os.environ.get("ROUNDS", 3 if contender in QUICK else 1))


def measure(options, folder, store, contender, job):
    store.copy("empty" if job == "new" else "full", "work")
    arguments = ["--contender", contender, "--job", job, "--rows", str(options.rows), "--folder", str(folder)]
    try:
        figures = run_child(arguments, environment(store.url("work")))
    except ChildFailed:
        figures = {"failed": True}
    store.drop("work")
    return {"contender": contender, "job": job, **figures}


def about(options):
    versions = {}
    for name in PACKAGES:
        try:
            versions[name] = version(name)
        except PackageNotFoundError:
            versions[name] = None
    return {
        "date": datetime.now(UTC).date().isoformat(),
        "python": platform.python_version(),
        "cores": os.cpu_count(),
        "rows": options.rows,
        "versions": versions,
    }


if __name__ == "__main__":
    main()
