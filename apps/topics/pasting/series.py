"""The series of numbers (1, 2, 3 …) that the sections of a note are, among all numbered lines that may be headings."""

from collections import defaultdict

DEEPEST = 3


def best_series(found):
    """The headings that are the sections: the first long series, or a single “1.”"""
    kinds = by_kind(found)
    for any_start in (False, True):
        best = [_best(those, any_start=any_start and _may_start_anywhere(those[0].number)) for those in kinds]
        several = [series for series in best if len(series) > 1]
        single = [series for series in best if len(series) == 1 and not any_start and _stands_alone(series[0])]
        if several or single:
            return min(several or single, key=lambda series: series[0].first)
    return []


def series_from_one(found):
    """The first series of several that begins with 1, or nothing."""
    several = [series for series in map(_best, by_kind(found)) if len(series) > 1]
    return min(several, key=lambda series: series[0].first, default=[])


def by_kind(found):
    kinds = defaultdict(list)
    for each in found:
        if each.number.depth <= DEEPEST:
            kinds[each.number.style, each.number.depth].append(each)
    return list(kinds.values())


def _may_start_anywhere(number):
    """Not “5 countries” and “6 ministers”, nor “J. Nyerere” and “K. Nkrumah”."""
    return number.family != "letter" and not (number.is_bare and number.depth == 1)


def _stands_alone(heading):
    number = heading.number
    return heading.weight == 2 and number.path[-1] == 1 and number.family == "digits" and not number.style.endswith(" ")


def _best(found, *, any_start=False):
    """The series with the most for it. One pass: for each number the best series so far that ends in it."""
    ends, best = {}, (0, None)
    for each in found:
        path = each.number.path
        score, before = max(_before(ends, path), key=lambda known: known[0], default=(0, None))
        if before is None and not (any_start or path[-1] in {0, 1}):
            continue
        known = (score + each.weight, (each, before))
        for key in (path, path[:-1]):
            if key not in ends or known[0] > ends[key][0]:
                ends[key] = known
        best = max(best, known, key=lambda known: known[0])
    return _unwound(best[1]) if best[0] > 0 else []


def _before(ends, path):
    """The series that ``path`` may go on: after 2 comes 3, or 4 for one less; after 1.4 comes 1.5, 2.0 or 2.1."""
    *whole, last = path
    steps = [((*whole, last - 1), 0), ((*whole, last - 2), 1)]
    if whole and last in {0, 1}:
        steps.append(((*whole[:-1], whole[-1] - 1), 0))
    return [(ends[key][0] - less, ends[key][1]) for key, less in steps if key in ends and len(key) > 0]


def _unwound(link):
    series = []
    while link:
        each, link = link
        series.append(each)
    return series[::-1]
