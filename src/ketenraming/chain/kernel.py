"""
The compiled kernel: interprets the arrays of a `Program` for blocks of draws. It knows nothing about migration.

Draws are moved in blocks of `LANES` side by side, so that what is decided once per stage and month costs little and the
arithmetic runs over contiguous lanes. People are kept by month of entry, so nobody is ever shifted from age to age: a
queue served oldest first empties each cohort once and keeps a mark at the oldest that is not empty; those over their
term are a running total; a dwell with one hazard for all ages is a filter. Every draw is computed by itself, so neither
the size of a block nor the number of threads changes a result.

Written for the compiler: whole arrays with indices instead of slices (a slice counts references), loops over lanes
instead of array expressions (each would be compiled, and called, by itself), and no tuple of arrays passed on.
"""

import numpy as np

from ketenraming.chain import layout as at
from ketenraming.chain.cache import njit

LANES = 64

# Rows of `sums`, by stage: everybody, those of the open age, the overdue, those younger than the cap.
STOCK, OLD, LATE, YOUNG = range(4)


@njit(nogil=True)
def read(values, steps, amount, t, d0, draws, room, row):  # type: ignore[no-untyped-def]
    """The lanes of an amount in a month; lanes past the last draw repeat it."""
    begin, step = steps[amount, at.OFFSET] + t * steps[amount, at.BY_MONTH], steps[amount, at.BY_DRAW]
    if step == 0:
        for lane in range(LANES):
            room[row, lane] = values[begin]
    elif d0 + LANES <= draws:
        for lane in range(LANES):
            room[row, lane] = values[begin + d0 + lane]
    else:
        for lane in range(LANES):
            room[row, lane] = values[begin + min(d0 + lane, draws - 1)]


@njit(nogil=True)
def serve(people, oldest, term, weight, by_late, room, now, min_age, backwards, low, high, cap, got):  # type: ignore[no-untyped-def]
    """
    Serve the lanes of a queue: room[0] is what its server has for it, room[1] the part of that that goes out of turn.

    That share goes equally to those between the cohorts low and high. The rest serves the oldest (or, backwards, the
    newest) first; a cohort that is emptied is not looked at again.
    """
    newest, tallies = now - min_age, len(weight)
    for lane in range(LANES):
        left, served, on_time, young = room[0, lane], 0.0, 0.0, 0.0
        part, i, step = 0.0, oldest[lane], 1
        if room[1, lane] > 0.0:
            total = 0.0
            for k in range(low, high + 1):
                total += people[lane, k]
            part = min(1.0, left * room[1, lane] / total) if total > 0.0 else 0.0
            left -= total * part
            i = low if part > 0.0 else i
        apart, first = part > 0.0, oldest[lane]
        if backwards and not apart:
            i, step = newest, -1
        while apart or (left > 0.0 and first <= i <= newest):
            n = people[lane, i]
            out = n * part if apart else min(n, left)
            people[lane, i] = n - out
            served += out
            late = now - i - term[i]
            if late <= 0:
                on_time += out
            if now - i < cap:
                young += out
            for k in range(tallies):
                which = min(max(late, 0) if by_late[k] else now - i, weight.shape[1] - 1)
                got[at.FIRST_TALLY + k, lane] += out * weight[k, which]
            if apart:
                i += 1
                if i > high:  # the share apart is served; on with the order
                    apart = False
                    i, step = (newest, -1) if backwards else (first, 1)
            else:
                left -= out
                if out < n:
                    break
                i += step
        if not backwards:
            oldest[lane] = i
        got[at.OUTFLOW, lane], got[at.ON_TIME, lane], got[at.UNDER_CAP, lane] = served, on_time, young


@njit(nogil=True, fastmath={"reassoc", "nsz", "contract"})
def stay(people, old, hazard, staying, now, exits, reach, got):  # type: ignore[no-untyped-def]
    """One month of a dwell: every age loses its share by every exit; the last age, kept apart, is open."""
    ages = hazard.shape[2]
    count = min(ages, (reach + 15) // 16 * 16)  # whole vectors; who is not there yet counts as nobody
    for lane in range(LANES):
        old[lane] += people[lane, now - ages + 1]
        people[lane, now - ages + 1] = 0.0
        here, left = people[lane, now + 1 - count : now + 1], staying[lane, ages - count :]
        for k in range(exits):
            chance, gone = hazard[lane, k, ages - count :], 0.0
            for j in range(count):
                gone += here[j] * chance[j]
            got[at.OUTFLOW + k, lane] = gone + old[lane] * hazard[lane, k, 0]
        for j in range(count):
            here[j] *= left[j]
        old[lane] *= staying[lane, 0]


@njit(nogil=True)
def keep(kept, slot, row, d0, lanes, which, fade, weight):  # type: ignore[no-untyped-def]
    """Write lanes: what stood there fades (0 replaces it, 1 adds to it), what comes is weighted."""
    for lane in range(min(LANES, kept.shape[2] - d0)):
        kept[slot, row, d0 + lane] = kept[slot, row, d0 + lane] * fade + lanes[which, lane] * weight


@njit(nogil=True)
def begin_block(stages, start, term, people, waiting, sums, oldest, history):  # type: ignore[no-untyped-def]
    """Everyone where they are before the first month, by age; nobody on the way."""
    people.fill(0.0)
    waiting.fill(0.0)
    sums.fill(0.0)
    for s in range(len(stages)):
        for lane in range(LANES):
            oldest[s, lane] = history - stages[s, at.START_AGES]
        for age in range(stages[s, at.START_AGES]):
            i, n = history - 1 - age, start[s, age]
            is_open = stages[s, at.KIND] == at.DWELL and age == history - 1
            for lane in range(LANES):
                people[s, lane, i] = 0.0 if is_open else n
                sums[STOCK, s, lane] += n
                sums[OLD, s, lane] += n if is_open else 0.0
                sums[LATE, s, lane] += n if age > term[s, i] else 0.0
                sums[YOUNG, s, lane] += n if age < stages[s, at.CAP] else 0.0


@njit(nogil=True)
def fill_hazards(flows, values, steps, base, t, d0, draws, first, exits, told, hazard, staying, room):  # type: ignore[no-untyped-def]
    """The chances to leave a dwell and to stay, by lane and age, the oldest first as cohorts are: `told` of them."""
    ages = hazard.shape[2]
    staying.fill(1.0)
    for k in range(exits):
        read(values, steps, flows[first + k, at.TIMES], t, d0, draws, room, 0)
        for lane in range(LANES):
            for age in range(ages - told, ages):
                chance = base[first + k, age] * room[0, lane]
                hazard[lane, k, ages - 1 - age] = chance
                staying[lane, ages - 1 - age] -= chance


@njit(nogil=True)
def send(flows, routes, values, steps, delay, flow, t, d0, draws, months, got, row, waiting, room):  # type: ignore[no-untyped-def]
    """Pass a flow on along its routes: now, or spread over later months."""
    for r in range(flows[flow, at.ROUTE_FIRST], flows[flow, at.ROUTE_END]):
        to, begin, end = routes[r, at.TO], routes[r, at.DELAY_FIRST], routes[r, at.DELAY_END]
        read(values, steps, routes[r, at.SHARE], t, d0, draws, room, 0)
        for lane in range(LANES):
            room[0, lane] *= got[row, lane]
            waiting[to, t, lane] += room[0, lane] if begin == end else 0.0
        for k in range(begin, min(end, begin + months - t)):
            if delay[k] > 0.0:
                for lane in range(LANES):
                    waiting[to, t + k - begin, lane] += room[0, lane] * delay[k]


@njit(nogil=True)
def run_draws(p, low, high, months, years, profiles):  # type: ignore[no-untyped-def]
    """Move the draws from low up to high through all months, and write what is asked for."""
    stages, flows, channels, routes, capacity = p.stages, p.flows, p.channels, p.routes, p.capacity
    values, steps, term, base, weight, by_late = p.values, p.steps, p.term, p.hazard, p.tally_weight, p.tally_late
    due_first, due, delay, year_of, fade, share_of_year = (
        p.due_first,
        p.due,
        p.delay,
        p.year_of,
        p.year_fade,
        p.year_weight,
    )
    number, ages, history, draws, span = len(stages), p.hazard.shape[1], p.history, p.draws, p.months
    people, waiting = np.empty((number, LANES, history + span)), np.empty((number, span, LANES))
    hazard, staying = np.empty((number, LANES, p.most_exits, ages)), np.empty((number, LANES, ages))
    sums, oldest = np.empty((4, number, LANES)), np.empty((number, LANES), np.int64)
    left, full = np.empty((len(capacity), LANES)), np.empty((len(capacity), LANES))
    got, housed = np.empty((p.widest, LANES)), np.empty((2 * p.places + 1, LANES))
    room = np.empty((2, LANES))
    for d0 in range(low, high, LANES):
        begin_block(stages, p.start, term, people, waiting, sums, oldest, history)
        for t in range(span):
            now = history + t
            housed.fill(0.0)
            for server in range(len(capacity)):
                read(values, steps, capacity[server], t, d0, draws, full, server)
                for lane in range(LANES):
                    left[server, lane] = full[server, lane]
            for s in range(number):  # what is kept for a queue is nobody else's, whoever comes first
                if stages[s, at.RESERVED] >= 0:
                    read(values, steps, stages[s, at.RESERVED], t, d0, draws, room, 0)
                    server = stages[s, at.SERVER]
                    for lane in range(LANES):
                        left[server, lane] = max(0.0, left[server, lane] - full[server, lane] * room[0, lane])
            for s in range(number):
                kind, cap, first = stages[s, at.KIND], stages[s, at.CAP], stages[s, at.FLOW_FIRST]
                got.fill(0.0)
                if kind == at.INFLOW:
                    read(values, steps, stages[s, at.AMOUNT], t, d0, draws, got, at.OUTFLOW)
                    for lane in range(LANES):
                        got[at.ARRIVED, lane] = got[at.OUTFLOW, lane]
                else:
                    for lane in range(LANES):
                        arrived = waiting[s, t, lane]
                        got[at.ARRIVED, lane] = arrived
                        people[s, lane, now] = arrived
                        got[at.STOCK_AVG, lane] = 0.5 * sums[STOCK, s, lane]
                        sums[STOCK, s, lane] += arrived
                if kind == at.QUEUE:
                    server, reserved, apart = stages[s, at.SERVER], stages[s, at.RESERVED], stages[s, at.APART]
                    for k in range(due_first[s, t], due_first[s, t + 1]):
                        for lane in range(LANES):
                            sums[LATE, s, lane] += people[s, lane, due[k]]
                    if cap > 0:
                        for lane in range(LANES):
                            sums[YOUNG, s, lane] += people[s, lane, now] - people[s, lane, now - cap]
                    for lane in range(LANES):
                        room[0, lane], room[1, lane] = 1.0, 0.0
                    if reserved >= 0:
                        read(values, steps, reserved, t, d0, draws, room, 0)
                    if apart >= 0:
                        read(values, steps, apart, t, d0, draws, room, 1)
                    for lane in range(LANES):
                        mine = full[server, lane] * room[0, lane] if reserved >= 0 else left[server, lane]
                        room[0, lane] = mine
                    tally, end = stages[s, at.TALLY_FIRST], stages[s, at.TALLY_END]
                    low, high = (
                        max(now - stages[s, at.APART_TO], 0),
                        now - max(stages[s, at.APART_FROM], stages[s, at.MIN_AGE]),
                    )
                    serve(
                        people[s], oldest[s], term[s], weight[tally:end], by_late[tally:end], room, now,
                        stages[s, at.MIN_AGE], stages[s, at.BACKWARDS] == 1, low, high, cap, got,
                    )  # fmt: skip
                    for lane in range(LANES):
                        served = got[at.OUTFLOW, lane]
                        if reserved < 0:
                            left[server, lane] = max(0.0, left[server, lane] - served)
                        sums[STOCK, s, lane] = max(0.0, sums[STOCK, s, lane] - served)
                        sums[LATE, s, lane] = max(0.0, sums[LATE, s, lane] - (served - got[at.ON_TIME, lane]))
                        sums[YOUNG, s, lane] = max(0.0, sums[YOUNG, s, lane] - got[at.UNDER_CAP, lane])
                        got[at.OVERDUE, lane] = sums[LATE, s, lane]
                elif kind == at.DWELL:
                    exits, flat = stages[s, at.FLOW_END] - first, stages[s, at.FLAT] == 1
                    if t == 0 or stages[s, at.MOVING] == 1:
                        told = 1 if flat else ages
                        fill_hazards(
                            flows, values, steps, base, t, d0, draws, first, exits, told, hazard[s], staying[s], room
                        )
                    if flat:
                        for k in range(exits):
                            for lane in range(LANES):
                                got[at.OUTFLOW + k, lane] = sums[STOCK, s, lane] * hazard[s, lane, k, 0]
                    else:
                        reach = t + stages[s, at.START_AGES] + 1
                        stay(people[s], sums[OLD, s], hazard[s], staying[s], now, exits, reach, got)
                    for k in range(exits):
                        for lane in range(LANES):
                            sums[STOCK, s, lane] -= got[at.OUTFLOW + k, lane]
                    if cap > 0:
                        for lane in range(LANES):
                            sums[YOUNG, s, lane] = 0.0
                            for age in range(cap):
                                sums[YOUNG, s, lane] += people[s, lane, now - age]
                if kind != at.INFLOW:
                    place, slot = stages[s, at.PLACE], stages[s, at.PROFILE]
                    for lane in range(LANES):
                        got[at.STOCK_END, lane] = sums[STOCK, s, lane]
                        got[at.STOCK_AVG, lane] += 0.5 * sums[STOCK, s, lane]
                        got[at.UNDER_CAP, lane] = sums[YOUNG, s, lane]
                        if place >= 0:
                            housed[2 * place, lane] += got[at.STOCK_END, lane]
                            housed[2 * place + 1, lane] += got[at.STOCK_AVG, lane]
                    if slot >= 0:
                        for i in range(now + 1):
                            for lane in range(LANES):
                                room[0, lane] = people[s, lane, i]
                            keep(profiles[slot], t, min(now - i, ages - 1), d0, room, 0, 1.0, 1.0)
                        keep(profiles[slot], t, ages - 1, d0, sums[OLD], s, 1.0, 1.0)
                for c in range(stages[s, at.CHANNEL_FIRST], stages[s, at.CHANNEL_END]):
                    row, month, year = (
                        c - stages[s, at.CHANNEL_FIRST],
                        channels[c, at.MONTH_SLOT],
                        channels[c, at.YEAR_SLOT],
                    )
                    if month >= 0:
                        keep(months, month, t, d0, got, row, 0.0, 1.0)
                    if year >= 0:
                        keep(years, year, year_of[t], d0, got, row, fade[c], share_of_year[c, year_of[t]])
                for flow in range(first, stages[s, at.FLOW_END]):
                    row = at.OUTFLOW + flow - first
                    send(flows, routes, values, steps, delay, flow, t, d0, draws, span, got, row, waiting, room)
            for row in range(2 * p.places):
                c = p.place_channel + row
                month, year = channels[c, at.MONTH_SLOT], channels[c, at.YEAR_SLOT]
                if month >= 0:
                    keep(months, month, t, d0, housed, row, 0.0, 1.0)
                if year >= 0:
                    keep(years, year, year_of[t], d0, housed, row, fade[c], share_of_year[c, year_of[t]])
