"""Requests a second of the note page beside those of a bare view with the same bytes, as a ratio of one run.

One core for the server and one for the client, the two servers asked in turn for several rounds: what the machine does
besides hits both alike.
"""

import gzip
import os
import re
import shutil
import socket
import statistics
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path

ROUNDS = int(os.environ.get("ROUNDS", "5"))
SECONDS = int(os.environ.get("SECONDS", "2"))
# As "make run" starts it, and as deploy/ does for each worker.
GRANIAN = ["granian", "--interface", "wsgi", "--workers", "1", "--blocking-threads", "4", "--log-level", "error"]


def measure(address, folder):
    """Prints a line for each round and the medians. ``address``: the path of the note; ``folder``: for the body."""
    cores = sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else []
    server_core, client_core = (cores[0], cores[1]) if len(cores) > 1 else (None, None)
    client = "wrk" if shutil.which("wrk") else "the Python client (wrk is not installed)"
    print(f"{ROUNDS} rounds of {SECONDS} s each, asked by {client}, ", end="")
    print("server and client on one core each" if cores[1:] else "NOT pinned: this machine has one core or can't pin")

    with serving("sscportal.settings", server_core) as portal:
        body = folder / "body"
        body.write_bytes(fetch(portal + address))
        with serving("bench.settings", server_core, BENCH_BODY=str(body)) as bare:
            # Decompressed: Django pads each compressed page by a random length (against BREACH).
            if gzip.decompress(fetch(bare + address)) != gzip.decompress(fetch(portal + address)):
                sys.exit("The bare view does not return what the page returns.")
            pages, bares = [], []
            for number in range(ROUNDS):
                pages.append(load(portal + address, client_core))
                bares.append(load(bare + address, client_core))
                print(f"  round {number + 1}: page {pages[-1]:8,.0f}/s   bare {bares[-1]:8,.0f}/s")
    page, bare = statistics.median(pages), statistics.median(bares)
    print(f"  median:  page {page:8,.0f}/s   bare {bare:8,.0f}/s   ratio {page / bare:.4f}")


@contextmanager
def serving(settings, core, **environment):
    """The address of a server with these settings, for as long as the block lasts."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen(
        [*granian(), "--port", str(port), "sscportal.wsgi:application"],
        env={**os.environ, "DJANGO_SETTINGS_MODULE": settings, **environment},
        preexec_fn=None if core is None else lambda: os.sched_setaffinity(0, {core}),
    )
    address = f"http://127.0.0.1:{port}"
    try:
        wait_for(address, server)
        yield address
    finally:
        server.terminate()
        server.wait(timeout=20)


def granian():
    return [str(Path(sys.executable).parent / GRANIAN[0]), *GRANIAN[1:]]


def wait_for(address, server):
    for _each in range(100):
        if server.poll() is not None:
            sys.exit("The server did not start.")
        try:
            return fetch(address + "/health/")
        except OSError:
            time.sleep(0.1)
    sys.exit("The server did not answer within ten seconds.")


def fetch(url):
    request = urllib.request.Request(url, headers={"Accept-Encoding": "gzip"})
    with urllib.request.urlopen(request, timeout=10) as response:
        return response.read()


def load(url, core):
    """Answers a second, or the end of the run if any was not 200."""
    if shutil.which("wrk"):
        command = ["wrk", "-t1", "-c8", f"-d{SECONDS}s", "-H", "Accept-Encoding: gzip", url]
    else:
        command = [sys.executable, "-m", "bench.client", url, str(SECONDS)]
    pin = None if core is None else lambda: os.sched_setaffinity(0, {core})
    result = subprocess.run(command, capture_output=True, text=True, preexec_fn=pin, timeout=SECONDS + 30)
    if result.returncode or "Non-2xx" in result.stdout:
        sys.exit(f"The load failed: {result.stdout}{result.stderr}")
    return float(re.search(r"Requests/sec:\s*([\d.]+)", result.stdout)[1])
