"""A territory as the benchmark sees it, read from the same files as `eyhub plan areas`, by code of its own.

Nothing here is shared with the product: distances, neighbours and checks are written again, so that a mistake in one
does not hide in the other.
"""
import collections
import csv
import json
import math

EARTH = 6_371_008.8


def metres(a, b):
    """Haversine distance between (lat, lon) pairs in degrees."""
    lat1, lon1, lat2, lon2 = map(math.radians, (*a, *b))
    h = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return 2 * EARTH * math.asin(math.sqrt(h))


class Territory:
    def __init__(self, settings_path, wards_path):
        with open(wards_path, encoding="utf-8") as f:
            features = sorted(json.load(f)["features"], key=lambda x: x["properties"]["WD24CD"])
        self.wards = [f["properties"]["WD24CD"] for f in features]
        self.index = {code: i for i, code in enumerate(self.wards)}
        self.neighbours = self._neighbours(features)
        with open(settings_path, encoding="utf-8") as f:
            rows = sorted(csv.DictReader(f), key=lambda r: r["id"])
        self.ids = [r["id"] for r in rows]
        self.points = [(float(r["lat"]), float(r["lon"])) for r in rows]
        self.ward_of = [self.index[r["ward"]] for r in rows]
        self.weights = [float(r["weight"]) for r in rows]
        self.bases = [i for i, r in enumerate(rows) if r["can_be_base"] == "1"]
        self.ward_weight = [0.0] * len(self.wards)
        for ward, weight in zip(self.ward_of, self.weights):
            self.ward_weight[ward] += weight

    @staticmethod
    def _neighbours(features):
        """Wards that share at least two vertices, coordinates rounded to 6 decimals."""
        owners = collections.defaultdict(set)
        for i, feature in enumerate(features):
            shape = feature["geometry"]
            polygons = shape["coordinates"] if shape["type"] == "MultiPolygon" else [shape["coordinates"]]
            for polygon in polygons:
                for ring in polygon:
                    for x, y in ring:
                        owners[(round(x, 6), round(y, 6))].add(i)
        shared = collections.Counter()
        for group in owners.values():
            group = sorted(group)
            for a in range(len(group)):
                for b in range(a + 1, len(group)):
                    shared[group[a], group[b]] += 1
        neighbours = [set() for _ in features]
        for (a, b), vertices in shared.items():
            if vertices >= 2:
                neighbours[a].add(b)
                neighbours[b].add(a)
        return neighbours

    def costs(self):
        """cost[base][ward]: weight x metres of the ward's settings to the base."""
        table = {}
        for base in self.bases:
            row = [0.0] * len(self.wards)
            for i, ward in enumerate(self.ward_of):
                row[ward] += self.weights[i] * metres(self.points[i], self.points[base])
            table[base] = row
        return table

    def connected(self, wards):
        wards = set(wards)
        seen = {min(wards)}
        stack = list(seen)
        while stack:
            for other in self.neighbours[stack.pop()] & wards - seen:
                seen.add(other)
                stack.append(other)
        return seen == wards

    def check(self, plan, count, tolerance):
        """Faults of a plan as printed by the product, and its total reckoned afresh."""
        faults = []
        areas = plan["areas"]
        given = sorted(w for area in areas for w in area["wards"])
        if given != sorted(self.wards):
            faults.append("the wards are not each given once")
        if len(areas) != count:
            faults.append(f"{len(areas)} areas instead of {count}")
        mean = sum(self.weights) / count
        number = {identifier: i for i, identifier in enumerate(self.ids)}
        total = 0.0
        for area in areas:
            wards = [self.index[w] for w in area["wards"]]
            base = number[area["base"]]
            if base not in set(self.bases) or self.ward_of[base] not in wards:
                faults.append(f"base {area['base']} is not a possible base in its area")
            if not self.connected(wards):
                faults.append(f"the area of {area['base']} is not connected")
            weight = sum(self.ward_weight[w] for w in wards)
            if abs(weight - mean) > tolerance * mean + 1e-6:
                faults.append(f"the area of {area['base']} weighs {weight}, mean {mean:.1f}")
            inside = set(wards)
            total += sum(
                self.weights[i] * metres(self.points[i], self.points[base])
                for i, w in enumerate(self.ward_of) if w in inside)
        return faults, total
