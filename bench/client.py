"""A small load for machines without wrk: ``python -m bench.client URL SECONDS`` prints answers a second.

Keep-alive connections, asked in turn by one thread. It costs more than wrk, so its numbers are lower: compare the two
servers of one run, not runs with different clients.
"""

import http.client
import sys
import time
from urllib.parse import urlsplit

CONNECTIONS = 8


def main(url, seconds):
    parts = urlsplit(url)
    connections = [http.client.HTTPConnection(parts.hostname, parts.port, timeout=30) for _each in range(CONNECTIONS)]
    start, answers = time.perf_counter(), 0
    for connection in connections:
        ask(connection, parts.path)
    while (elapsed := time.perf_counter() - start) < seconds:
        for connection in connections:
            answer = connection.getresponse()
            if answer.status != 200:
                sys.exit(f"{url} answered {answer.status}.")
            answer.read()
            answers += 1
            ask(connection, parts.path)
    print(f"Requests/sec: {answers / elapsed:.1f}")


def ask(connection, path):
    connection.request("GET", path, headers={"Accept-Encoding": "gzip"})


if __name__ == "__main__":
    main(sys.argv[1], float(sys.argv[2]))
