"""What every peer's program does, so that a peer is only its own way to build and to search.

    python PEER.py build TEXTS.json MODEL INDEX        encode and index a list of texts
    python PEER.py first INDEX MODEL QUESTION          open, answer one question, stop
    python PEER.py many INDEX MODEL QUESTIONS.json     latency of each question, one after another
    python PEER.py crowd INDEX MODEL QUESTIONS.json N  all questions by N threads

Prints one line of JSON. Runs in the peer's environment: standard library only, nothing of this project.
"""

import json
import resource
import sys
import threading
import time

WARM_UP = 20  # questions before any is timed


def peak_megabytes():
    """Peak resident memory of this process."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def percentile(values, share):
    """The value under which ``share`` of the values lie."""
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


def listed(path):
    """A list of texts from a JSON file."""
    with open(path, encoding="utf-8") as file:
        return json.load(file)


def run(build, opened):
    """Do what the command line says. ``build(texts, model, folder)``; ``opened(folder, model)`` gives ``search(question)``,
    which gives the numbers of the texts found, best first."""
    command, arguments = sys.argv[1], sys.argv[2:]
    if command == "build":
        texts = listed(arguments[0])
        started = time.perf_counter()
        build(texts, arguments[1], arguments[2])
        report(seconds=time.perf_counter() - started)
        return
    search = opened(arguments[0], arguments[1])
    if command == "first":
        report(found=[int(hit) for hit in search(arguments[2])][:3])
    elif command == "many":
        many(search, listed(arguments[2]))
    elif command == "crowd":
        crowd(search, listed(arguments[2]), int(arguments[3]))


def report(**figures):
    """The line that the benchmark reads."""
    print(json.dumps({**figures, "megabytes": peak_megabytes()}), flush=True)


def many(search, questions):
    """Latency of questions put one after another, and what was found for each."""
    for question in questions[:WARM_UP]:
        search(question)
    times, found = [], []
    for question in questions:
        started = time.perf_counter()
        hits = search(question)
        times.append(1000 * (time.perf_counter() - started))
        found.append([int(hit) for hit in hits][:10])
    report(p50=percentile(times, 0.5), p95=percentile(times, 0.95), found=found)


def crowd(search, questions, clients):
    """Questions a second when ``clients`` ask at once."""
    for question in questions[:WARM_UP]:
        search(question)
    waiting = iter(list(questions))
    lock, times, failed = threading.Lock(), [], []

    def ask():
        while True:
            with lock:
                question = next(waiting, None)
            if question is None:
                return
            started = time.perf_counter()
            try:
                search(question)
            except Exception as error:  # counted and reported, whatever it is
                failed.append(repr(error))
            times.append(1000 * (time.perf_counter() - started))

    threads = [threading.Thread(target=ask) for _ in range(clients)]
    started = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    seconds = time.perf_counter() - started
    report(rate=len(times) / seconds, p95=percentile(times, 0.95), failed=len(failed), error=failed[:1])
