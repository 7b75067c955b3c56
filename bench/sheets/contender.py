"""The child's side: one job by one contender, timed, with its queries counted; then what came of it is looked at.

A contender is anything with ``read_and_preview(path) -> handle``, ``confirm(handle)`` and ``export(kind, path)``.
"""

import json
import logging
import resource
import time

import django

from bench.sheets.data import sheet_rows
from bench.sheets.watching import own_peak, status


def run(options):
    """Prints the figures of ``options.job`` by ``options.contender`` as JSON, a line before and one after the look."""
    django.setup()
    logging.disable(logging.WARNING)
    contender, queries = contender_named(options.contender), Queries()
    from django.db import connection

    connection.ensure_connection()
    base = status("self")["VmRSS"]
    before, start = cpu_seconds(), time.perf_counter()
    with connection.execute_wrapper(queries):
        steps = do(contender, options.job, options.folder)
    wall, cpu = time.perf_counter() - start, cpu_seconds() - before
    figures = {"name": contender.name, "wall": wall, "cpu": cpu, "steps": steps, "queries": queries.count}
    say({"measured": True, **figures, "base": base, "own_peak": own_peak()})
    say(look(options))


def do(contender, job, folder):
    """Seconds of each step."""
    start = time.perf_counter()
    if job in {"xlsx", "csv"}:
        contender.export(job, folder / f"out.{job}")
        return {"export": time.perf_counter() - start}
    handle = contender.read_and_preview(folder / ("few.xlsx" if job == "few" else "all.xlsx"))
    previewed = time.perf_counter()
    contender.confirm(handle)
    return {"preview": previewed - start, "confirm": time.perf_counter() - previewed}


def contender_named(name):
    if name == "ours":
        from bench.sheets import ours

        return ours
    if name == "floor":
        from bench.sheets import floor

        return floor
    from bench.sheets.baselines import library

    return library(name)


class Queries:
    """Everything that goes to the database, savepoints too; many rows in one statement are one."""

    def __init__(self):
        self.count = 0

    def __call__(self, execute, sql, params, many, context):
        self.count += 1
        return execute(sql, params, many, context)


def cpu_seconds():
    """Of this process and of those it started that have ended."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)


def look(options):
    if options.job in {"xlsx", "csv"}:
        path = options.folder / f"out.{options.job}"
        return {"rows": options.rows, "rows_right": exported(path, options.rows), "bytes": path.stat().st_size}
    from bench.sheets.records import judge

    return judge(sheet_rows(options.rows, changed=options.job == "few"))


def exported(path, count):
    """How many of the events' address names stand in the file, in whatever column."""
    import csv

    import openpyxl

    if path.suffix == ".csv":
        with path.open(encoding="utf-8-sig", newline="") as file:
            cells = {text for row in csv.reader(file) for text in row}
    else:
        sheets = openpyxl.load_workbook(path, read_only=True).worksheets
        cells = {value for row in sheets[0].iter_rows(values_only=True) for value in row}
    return sum(row["slug"] in cells for row in sheet_rows(count))


def say(figures):
    print(json.dumps(figures), flush=True)
