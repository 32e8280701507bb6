"""The optimum by OR-Tools, for the same model: bases, whole wards, balance, connection.

Two ways of writing the same model down. `by_assignment` says for each ward which base serves it and goes to CP-SAT;
plain, and slow to prove. `by_columns` lists every connected set of wards within the tolerance; the GLOP of OR-Tools
solves the linear relaxation, sets whose reduced cost shows that they are in no plan as cheap as the one at hand are
dropped, and CP-SAT chooses among the rest. Fast to prove wherever the list can be made.
"""
import math
import time

import numpy
from ortools.linear_solver import pywraplp
from ortools.sat.python import cp_model

SCALE = 10  # costs in tenths of a metre, because CP-SAT counts in whole numbers


def useful_bases(territory, costs):
    """Bases that no other base of the same ward beats for every ward."""
    kept = []
    for base in territory.bases:
        rivals = (b for b in territory.bases if b != base and territory.ward_of[b] == territory.ward_of[base])
        beaten = any(
            all(x <= y for x, y in zip(costs[rival], costs[base])) and (costs[rival] != costs[base] or rival < base)
            for rival in rivals)
        if not beaten:
            kept.append(base)
    return kept


def solve(territory, count, tolerance, cap, workers, ceiling):
    """Returns a dictionary: status, metres, bound, seconds, model."""
    started = time.monotonic()
    answer = by_columns(territory, count, tolerance, cap, workers, ceiling)
    if answer is None:
        left = max(1, cap - (time.monotonic() - started))
        answer = by_assignment(territory, count, tolerance, left, workers)
    return answer | {"seconds": round(time.monotonic() - started, 1)}


def by_columns(territory, count, tolerance, cap, workers, ceiling, most_sets=3_000_000):
    """None when the list of possible areas grows too long.

    - ceiling: the total of a plan that is known, or None. The answer is the best of all plans not dearer than it.
    """
    columns = list_areas(territory, count, tolerance, most_sets)
    if columns is None:
        return None
    listed = len(columns)
    lower = None
    if ceiling is not None:
        lower, columns = still_of_use(territory, count, columns, ceiling * (1 + 1e-6) + 1)
    model = cp_model.CpModel()
    take = [model.new_bool_var(f"c{i}") for i in range(len(columns))]
    for w in range(len(territory.wards)):
        model.add_exactly_one(t for t, (mask, _) in zip(take, columns) if mask >> w & 1)
    model.add(sum(take) == count)
    model.minimize(sum(round(cost * SCALE) * t for t, (_, cost) in zip(take, columns)))
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = cap
    solver.parameters.num_workers = workers
    solver.parameters.random_seed = 1
    status = solver.solve(model)
    name = {cp_model.OPTIMAL: "optimal", cp_model.INFEASIBLE: "infeasible"}.get(status, "stopped")
    metres = None
    if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        metres = sum(cost for t, (_, cost) in zip(take, columns) if solver.value(t))
    return {
        "status": name, "metres": metres, "bound": None if name == "infeasible" else solver.best_objective_bound / SCALE,
        "linear_bound": lower, "model": f"{listed} areas listed, {len(columns)} of use"}


def still_of_use(territory, count, columns, ceiling):
    """The bound of the linear relaxation, and the columns that some plan below the ceiling could hold.

    Columns enter the relaxation as they are needed (their reduced cost is negative), because most never are.
    """
    costs = numpy.array([c for _, c in columns])
    holds = numpy.array([[mask >> w & 1 for w in range(len(territory.wards))] for mask, _ in columns], dtype=numpy.int8)
    known = numpy.zeros(len(columns), dtype=bool)
    for w in range(len(territory.wards)):
        mine = numpy.flatnonzero(holds[:, w])
        known[mine[numpy.argsort(costs[mine])[:60]]] = True
    dear = costs.max() * count
    while True:
        solver = pywraplp.Solver.CreateSolver("GLOP")
        rows = [solver.Constraint(1, 1) for _ in territory.wards]
        number = solver.Constraint(count, count)
        goal = solver.Objective()
        goal.SetMinimization()
        # A dear way out for each ward keeps the first rounds solvable.
        for row in rows:
            spare = solver.NumVar(0, 1, "")
            row.SetCoefficient(spare, 1)
            goal.SetCoefficient(spare, dear)
        for up in (1, -1):
            spare = solver.NumVar(0, solver.infinity(), "")
            number.SetCoefficient(spare, up)
            goal.SetCoefficient(spare, dear)
        for i in numpy.flatnonzero(known):
            var = solver.NumVar(0, solver.infinity(), "")
            goal.SetCoefficient(var, costs[i])
            number.SetCoefficient(var, 1)
            for w in numpy.flatnonzero(holds[i]):
                rows[w].SetCoefficient(var, 1)
        solver.Solve()
        price = numpy.array([row.dual_value() for row in rows])
        reduced = costs - holds @ price - number.dual_value()
        wrong = numpy.flatnonzero((reduced < -1e-6) & ~known)
        if len(wrong) == 0:
            lower = price.sum() + count * number.dual_value()
            return lower, [c for c, r in zip(columns, reduced) if lower + r <= ceiling]
        known[wrong[numpy.argsort(reduced[wrong])[:2000]]] = True


def list_areas(territory, count, tolerance, most_sets):
    """(mask, cost with its best base) of every set of wards that could be an area; None when there are too many."""
    costs = territory.costs()
    bases_of = [[] for _ in territory.wards]
    for base in useful_bases(territory, costs):
        bases_of[territory.ward_of[base]].append(base)
    mean = sum(territory.weights) / count
    lightest, heaviest = mean * (1 - tolerance) - 1e-6, mean * (1 + tolerance) + 1e-6
    everything = (1 << len(territory.wards)) - 1
    around = [sum(1 << o for o in n) for n in territory.neighbours]
    found = []
    looked_at = 0
    # (set, wards that may join, wards settled, weight): each connected set is reached once, from its lowest ward.
    stack = [
        (1 << r, around[r] & ~((2 << r) - 1), (2 << r) - 1, territory.ward_weight[r])
        for r in range(len(territory.wards))]
    while stack:
        chosen, reach, settled, weight = stack.pop()
        if weight > heaviest:
            continue
        looked_at += 1
        if looked_at > most_sets:
            return None
        if weight >= lightest:
            wards = [w for w in range(len(territory.wards)) if chosen >> w & 1]
            best = None
            if rest_can_be_divided(territory, everything & ~chosen, around, count - 1, lightest, heaviest):
                best = min((sum(costs[b][v] for v in wards) for w in wards for b in bases_of[w]), default=None)
            if best is not None:
                found.append((chosen, best))
        settled |= reach
        while reach:
            bit = reach & -reach
            reach ^= bit
            w = bit.bit_length() - 1
            stack.append((chosen | bit, reach | around[w] & ~settled, settled, weight + territory.ward_weight[w]))
    return found


def rest_can_be_divided(territory, rest, around, others, lightest, heaviest):
    """Whether the pieces of the rest could hold the other areas, going by weight alone."""
    fewest = most = 0
    while rest:
        piece = edge = rest & -rest
        weight = 0.0
        while edge:
            w = (edge & -edge).bit_length() - 1
            edge &= edge - 1
            weight += territory.ward_weight[w]
            fresh = around[w] & rest & ~piece
            piece |= fresh
            edge |= fresh
        rest &= ~piece
        low = max(1, math.ceil(weight / heaviest))
        high = min(piece.bit_count(), math.floor(weight / lightest)) if lightest > 0 else piece.bit_count()
        if low > high:
            return False
        fewest += low
        most += high
    return fewest <= others <= most


def by_assignment(territory, count, tolerance, cap, workers):
    """Writes the model ward by ward.

    Connection is added where an answer lacks it: a piece cut off from its base must be joined by a ward next to it or
    given up. Answers are collected until one is connected or the time is gone.
    """
    started = time.monotonic()
    costs = territory.costs()
    bases = useful_bases(territory, costs)
    wards = range(len(territory.wards))
    by_ward = {}
    for base in bases:
        by_ward.setdefault(territory.ward_of[base], []).append(base)
    model = cp_model.CpModel()
    use = {b: model.new_bool_var(f"use{b}") for b in bases}
    # in_area[w, h]: ward w belongs to the area whose base lies in ward h.
    in_area = {(w, h): model.new_bool_var(f"in{w}_{h}") for w in wards for h in by_ward}
    serve = {(w, b): model.new_bool_var(f"serve{w}_{b}") for w in wards for b in bases}
    model.add(sum(use.values()) == count)
    mean = sum(territory.weights) / count
    lightest, heaviest = mean * (1 - tolerance) - 1e-6, mean * (1 + tolerance) + 1e-6
    scale = 1000
    for home, here in by_ward.items():
        opened = sum(use[b] for b in here)
        model.add(opened <= 1)
        model.add(in_area[home, home] == opened)
        load = sum(round(territory.ward_weight[w] * scale) * in_area[w, home] for w in wards)
        model.add(load >= int(lightest * scale) * opened)
        model.add(load <= int(heaviest * scale) * opened)
        for w in wards:
            model.add(sum(serve[w, b] for b in here) == in_area[w, home])
            for b in here:
                model.add_implication(serve[w, b], use[b])
            # Another ward than the home needs a neighbour in the same area.
            if w != home:
                model.add_bool_or([in_area[o, home] for o in territory.neighbours[w]] + [in_area[w, home].negated()])
    for w in wards:
        model.add_exactly_one(in_area[w, h] for h in by_ward)
    model.minimize(sum(round(costs[b][w] * SCALE) * serve[w, b] for w in wards for b in bases))

    bound = None
    rounds = 0
    while True:
        left = cap - (time.monotonic() - started)
        if left <= 0:
            return {"status": "stopped", "metres": None, "bound": bound, "model": f"assignment, {rounds} rounds"}
        solver = cp_model.CpSolver()
        solver.parameters.max_time_in_seconds = left
        solver.parameters.num_workers = workers
        solver.parameters.random_seed = 1
        status = solver.solve(model)
        rounds += 1
        if status == cp_model.INFEASIBLE:
            return {"status": "infeasible", "metres": None, "bound": None, "model": f"assignment, {rounds} rounds"}
        if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            bound = solver.best_objective_bound / SCALE
            return {"status": "stopped", "metres": None, "bound": bound, "model": f"assignment, {rounds} rounds"}
        bound = solver.best_objective_bound / SCALE
        cuts = 0
        model.clear_hints()
        for var in list(in_area.values()) + list(use.values()) + list(serve.values()):
            model.add_hint(var, solver.value(var))
        for home in by_ward:
            members = {w for w in wards if solver.value(in_area[w, home])}
            for piece in pieces(territory, members):
                if home in piece:
                    continue
                edge = {o for w in piece for o in territory.neighbours[w]} - piece
                # The same cut holds for every home outside the piece.
                for other in by_ward:
                    if other in piece:
                        continue
                    around = [in_area[o, other] for o in edge]
                    for w in piece:
                        model.add_bool_or(around + [in_area[w, other].negated()])
                cuts += 1
        if cuts == 0:
            total = sum(costs[b][w] for (w, b), v in serve.items() if solver.value(v))
            name = "optimal" if status == cp_model.OPTIMAL else "stopped"
            return {"status": name, "metres": total, "bound": bound, "model": f"assignment, {rounds} rounds"}


def pieces(territory, members):
    waiting = set(members)
    while waiting:
        piece = {waiting.pop()}
        stack = list(piece)
        while stack:
            fresh = territory.neighbours[stack.pop()] & waiting
            waiting -= fresh
            piece |= fresh
            stack.extend(fresh)
        yield piece
