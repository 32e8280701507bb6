"""What k-means-constrained makes of the same settings at the same balance.

It groups settings, not wards, and knows nothing of bases or neighbours. So it is asked twice: as it comes, each group
taking its best base among its own possible ones; and made to keep wards whole, each ward following the group that most
of its settings fell into, since that is what a mini-hub must do.
"""
import collections
import math

import numpy
from k_means_constrained import KMeansConstrained

import territory as ground


def grouped(territory, count, tolerance):
    """Group number of each setting."""
    north = numpy.array([p[0] for p in territory.points])
    east = numpy.array([p[1] for p in territory.points]) * math.cos(math.radians(north.mean()))
    mean = len(territory.ids) / count
    low, high = math.ceil(mean * (1 - tolerance) - 1e-9), math.floor(mean * (1 + tolerance) + 1e-9)
    fit = KMeansConstrained(
        n_clusters=count, size_min=min(low, math.floor(mean)), size_max=max(high, math.ceil(mean)), n_init=10,
        random_state=1, n_jobs=1)
    return fit.fit_predict(numpy.column_stack([north, east]) * 111_195)


def total(territory, groups):
    """Sum of weight x metres with each group's best base; None when a group has none."""
    members = collections.defaultdict(list)
    for i, group in enumerate(groups):
        members[group].append(i)
    bases = set(territory.bases)
    answer = 0.0
    for group in members.values():
        costs = [
            sum(territory.weights[i] * ground.metres(territory.points[i], territory.points[b]) for i in group)
            for b in group if b in bases]
        if not costs:
            return None
        answer += min(costs)
    return answer


def whole_wards(territory, groups):
    """Each ward whole: it follows most of its settings; also the balance that is left (largest share off the mean)."""
    votes = collections.defaultdict(collections.Counter)
    for i, group in enumerate(groups):
        votes[territory.ward_of[i]][group] += territory.weights[i]
    choice = {ward: min(c, key=lambda g: (-c[g], g)) for ward, c in votes.items()}
    moved = [choice[w] for w in territory.ward_of]
    weight = collections.Counter()
    for i, group in enumerate(moved):
        weight[group] += territory.weights[i]
    mean = sum(territory.weights) / len(set(groups))
    balance = max(abs(weight[g] - mean) / mean for g in set(groups))
    areas = collections.defaultdict(list)
    for ward, group in choice.items():
        areas[group].append(ward)
    apart = sum(not territory.connected(wards) for wards in areas.values())
    return moved, balance, apart
