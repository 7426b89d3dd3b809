/*
 * The toy chain in C, eight draws side by side: each lane of a vector is a draw.
 *
 * Cohorts are kept by month of entry. A queue passes the cohorts from the oldest that is not empty in all lanes, until
 * no lane has capacity left; who is overdue is a running total. The return pool is kept by age from a base that moves
 * down each month, with the hazards of each draw tabled. As only yearly exits are asked for, a month adds up who is at
 * risk by age, and a year multiplies that by the hazards. Family arrivals are scheduled forward.
 */

#include <immintrin.h>
#include <math.h>
#include <string.h>

enum { AGES = 48, MONTHS = 72, YEARS = 6, TERM = 6, LEAD = 15, LANES = 8, DELAYS = 25 };
enum { INFLOW, DECIDED, ON_TIME, PENALTY, GRANTS, FAMILY, HOUSED, EXIT_1, EXIT_2, EXIT_3, BELOW, ABOVE, COST, YEARLY };
enum { P_C, P_H, P_G, P_M1, P_M2, P_M3, P_K, PARAMETERS };

typedef double Lanes __attribute__((vector_size(sizeof(double) * LANES)));
typedef long Mask __attribute__((vector_size(sizeof(long) * LANES)));

static const double DAYS = 30.4375;

/* What is the same for all draws. */
typedef struct {
    double penalty[MONTHS + LEAD + 1], exits[3][AGES], delay[DELAYS];
} Tables;

/* What a block of draws is given, and what it gives. */
typedef struct {
    Lanes inflow[MONTHS], parameter[PARAMETERS];
    Lanes occupancy[MONTHS], overdue[MONTHS], yearly[YEARLY][YEARS];
    Lanes decision[LEAD + MONTHS], housing[LEAD + MONTHS]; /* by month of entry; the run starts at LEAD */
} Block;

static void fill(Tables *tables)
{
    double sum = 0;
    for (int age = 0; age <= MONTHS + LEAD; age++)
        tables->penalty[age] = age > TERM ? fmin(15000.0, 100 * DAYS * (age - TERM)) : 0;
    for (int age = 0; age < AGES; age++) {
        tables->exits[0][age] = age < 1 ? 0 : 0.01 + 0.06 * exp(-age / 12.0);
        tables->exits[1][age] = age < 2 ? 0 : 0.02;
        tables->exits[2][age] = age < 1 ? 0 : 0.01 + 0.08 * exp(-age / 8.0);
    }
    for (int k = 0; k < DELAYS; k++)
        sum += tables->delay[k] = k < 3 ? 0 : fmin((k - 2) / 7.0, (25 - k) / 16.0);
    for (int k = 0; k < DELAYS; k++)
        tables->delay[k] /= sum;
}

static inline Lanes least(Lanes a, Lanes b)
{
#ifdef __AVX512F__
    return (Lanes)_mm512_min_pd((__m512d)a, (__m512d)b);
#else
    const Mask less = a < b;
    return (Lanes)(((Mask)a & less) | ((Mask)b & ~less));
#endif
}

static inline int any(Lanes a)
{
#ifdef __AVX512F__
    return _mm512_cmp_pd_mask((__m512d)a, _mm512_setzero_pd(), _CMP_GT_OQ) != 0;
#else
    double most = 0;
    for (int lane = 0; lane < LANES; lane++)
        most = a[lane] > most ? a[lane] : most;
    return most > 0;
#endif
}

static __attribute__((noinline)) void simulate(Block *block, const Tables *tables)
{
    const Lanes zero = {0}, capacity = block->parameter[P_C], homes = block->parameter[P_H];
    const Lanes granted = block->parameter[P_G], refusal = 1 - granted, follow = 0.6 * granted;
    const Lanes *many = &block->parameter[P_M1], places = block->parameter[P_K];
    Lanes *decision = block->decision, *housing = block->housing;
    Lanes at_risk[AGES] = {zero}, stay[AGES], pending[MONTHS + DELAYS];
    Lanes store[MONTHS + AGES + 1];
    const double(*exits)[AGES] = tables->exits;

    for (int age = 0; age < AGES; age++)
        stay[age] = 1 - (many[0] * exits[0][age] + many[1] * exits[1][age] + many[2] * exits[2][age]);
    for (int entry = 0; entry < LEAD; entry++) {
        decision[entry] = zero + 2000;
        housing[entry] = zero + (entry < LEAD - 12 ? 0 : 1500);
    }
    for (int i = 0; i < MONTHS + AGES + 1; i++)
        store[i] = zero + (i >= MONTHS && i < MONTHS + 10 ? 500 : 0);
    memset(pending, 0, sizeof pending);

    int oldest = 0, oldest_home = LEAD - 12;
    Lanes able = zero + 2000.0 * 15, late = zero + 2000.0 * 8, waiting = zero + 1500.0 * 12;
    Lanes year[YEARLY] = {zero};

    for (int t = 0; t < MONTHS; t++) {
        const int now = LEAD + t;

        /* Decide: `able` are those of age one and older. */
        decision[now] = block->inflow[t];
        late += decision[now - TERM - 1];
        const Lanes decided = least(able, capacity);
        Lanes left = decided, penalty = zero, too_late = zero;
        int i = oldest;
        for (; i < now - TERM; i++) {
            const Lanes take = least(decision[i], left);
            decision[i] -= take;
            left -= take;
            penalty += take * tables->penalty[now - i];
            too_late += take;
            if (!any(left))
                break;
        }
        for (; i < now && any(left); i++) {
            const Lanes take = least(decision[i], left);
            decision[i] -= take;
            left -= take;
        }
        while (oldest < now && !any(decision[oldest]))
            oldest++;
        late -= too_late;
        able += block->inflow[t] - decided;

        /* Grants and their families. */
        const Lanes grants = granted * decided, refused = refusal * decided, family = pending[t];
        const Lanes coming = follow * decided;
        for (int k = 3; k < DELAYS; k++)
            pending[t + k] += coming * tables->delay[k];

        /* House. */
        housing[now] = grants + family;
        waiting += housing[now];
        const Lanes housed = least(waiting, homes);
        left = housed;
        for (i = oldest_home; i <= now && any(left); i++) {
            const Lanes take = least(housing[i], left);
            housing[i] -= take;
            left -= take;
        }
        while (oldest_home < now && !any(housing[oldest_home]))
            oldest_home++;
        waiting -= housed;

        /* Return. */
        Lanes *returning = store + (MONTHS - 1 - t), returned[4] = {refused, zero, zero, zero};
        const int ages = t + 11 < AGES ? t + 11 : AGES; /* nobody is older yet */
        returning[0] = zero;
        returning[AGES - 1] += returning[AGES];
        for (int age = 0; age < ages; age += 4)
            for (int part = 0; part < 4; part++) {
                at_risk[age + part] += returning[age + part];
                returning[age + part] *= stay[age + part];
                returned[part] += returning[age + part];
            }
        returning[0] = refused;

        const Lanes stayed = (returned[0] + returned[1]) + (returned[2] + returned[3]);
        const Lanes occupancy = able + waiting + stayed, below = least(occupancy, places);
        block->occupancy[t] = occupancy;
        block->overdue[t] = late;
        year[INFLOW] += block->inflow[t];
        year[DECIDED] += decided;
        year[ON_TIME] += decided - too_late;
        year[PENALTY] += penalty;
        year[GRANTS] += grants;
        year[FAMILY] += family;
        year[HOUSED] += housed;
        year[BELOW] += below;
        year[ABOVE] += occupancy - below;

        if (t % 12 == 11) {
            for (int exit = 0; exit < 3; exit++) {
                for (int age = 1; age < AGES; age++)
                    year[EXIT_1 + exit] += at_risk[age] * exits[exit][age];
                year[EXIT_1 + exit] *= many[exit];
            }
            year[COST] = DAYS * (90 * year[BELOW] + 180 * year[ABOVE]);
            for (int output = 0; output < YEARLY; output++)
                block->yearly[output][t / 12] = year[output];
            memset(year, 0, sizeof year);
            memset(at_risk, 0, sizeof at_risk);
        }
    }
}

static void get(Lanes *to, const double *from, int rows, long draws, int count)
{
    if (count == LANES)
        for (int row = 0; row < rows; row++)
            memcpy(&to[row], from + row * draws, sizeof(Lanes));
    else
        for (int row = 0; row < rows; row++)
            for (int lane = 0; lane < LANES; lane++)
                to[row][lane] = from[row * draws + (lane < count ? lane : 0)];
}

static void put(double *to, const Lanes *from, int rows, long draws, int count)
{
    if (count == LANES)
        for (int row = 0; row < rows; row++)
            memcpy(to + row * draws, &from[row], sizeof(Lanes));
    else
        for (int row = 0; row < rows; row++)
            for (int lane = 0; lane < count; lane++)
                to[row * draws + lane] = from[row][lane];
}

/*
 * Run the draws from `begin` up to `end`, so that threads can share them.
 *
 * Inflow is (72, draws), parameters (7, draws); occupancy and overdue (72, draws), yearly (13, 6, draws).
 */
void toy(long begin, long end, long draws, const double *inflow, const double *parameters, double *occupancy,
         double *overdue, double *yearly)
{
    Tables tables;
    Block block;
    fill(&tables);
    for (long first = begin; first < end; first += LANES) {
        const int count = end - first < LANES ? (int)(end - first) : LANES;
        get(block.inflow, inflow + first, MONTHS, draws, count);
        get(block.parameter, parameters + first, PARAMETERS, draws, count);
        simulate(&block, &tables);
        put(occupancy + first, block.occupancy, MONTHS, draws, count);
        put(overdue + first, block.overdue, MONTHS, draws, count);
        put(yearly + first, block.yearly[0], YEARLY * YEARS, draws, count);
    }
}
