"""The optimum by OR-Tools, for the same model: bases, whole wards, balance, connection.

Two ways of writing the same model down. `by_assignment` says for each ward which base serves it and goes to CP-SAT;
plain, and slow to prove. `by_columns` lists every connected set of wards within the tolerance and lets the SCIP of
OR-Tools choose among them; fast to prove wherever the list can be made.
"""
import time

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


def solve(territory, count, tolerance, cap, workers):
    """Returns a dictionary: status, metres, bound, seconds, model."""
    started = time.monotonic()
    answer = by_columns(territory, count, tolerance, cap)
    if answer is None:
        answer = by_assignment(territory, count, tolerance, cap, workers)
    return answer | {"seconds": round(time.monotonic() - started, 1)}


def by_columns(territory, count, tolerance, cap, most_sets=3_000_000):
    """None when the list of possible areas grows too long."""
    columns = list_areas(territory, count, tolerance, most_sets)
    if columns is None:
        return None
    solver = pywraplp.Solver.CreateSolver("SCIP")
    solver.SetTimeLimit(int(cap * 1000))
    take = [solver.BoolVar("") for _ in columns]
    for w in range(len(territory.wards)):
        holds = solver.Constraint(1, 1)
        for t, (mask, _) in zip(take, columns):
            if mask >> w & 1:
                holds.SetCoefficient(t, 1)
    number = solver.Constraint(count, count)
    goal = solver.Objective()
    for t, (_, cost) in zip(take, columns):
        number.SetCoefficient(t, 1)
        goal.SetCoefficient(t, cost)
    goal.SetMinimization()
    exactly = pywraplp.MPSolverParameters()
    exactly.SetDoubleParam(exactly.RELATIVE_MIP_GAP, 1e-7)
    status = solver.Solve(exactly)
    name = {solver.OPTIMAL: "optimal", solver.INFEASIBLE: "infeasible"}.get(status, "stopped")
    metres = None
    if status in (solver.OPTIMAL, solver.FEASIBLE):
        metres = sum(cost for t, (_, cost) in zip(take, columns) if t.solution_value() > 0.5)
    bound = goal.BestBound() if name != "infeasible" else None
    return {"status": name, "metres": metres, "bound": bound, "model": f"{len(columns)} columns, SCIP"}


def list_areas(territory, count, tolerance, most_sets):
    """(mask, cost with its best base) of every set of wards that could be an area; None when there are too many."""
    costs = territory.costs()
    bases_of = [[] for _ in territory.wards]
    for base in useful_bases(territory, costs):
        bases_of[territory.ward_of[base]].append(base)
    mean = sum(territory.weights) / count
    lightest, heaviest = mean * (1 - tolerance) - 1e-6, mean * (1 + tolerance) + 1e-6
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
