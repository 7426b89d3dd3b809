/*
 * The toy chain in C, draw by draw, as fast as an expert makes it in an afternoon, with the algorithm of a good kernel.
 *
 * Queues are cohorts by month of entry with a pointer to the oldest that is not empty; who is overdue is a running
 * total. The return pool is six vectors of eight ages that stay in registers, where moving on a month is one
 * instruction each; the last age absorbs; hazards by age are tabled per draw. As only yearly exits are asked for, a
 * month adds up who is at risk by age, and a year multiplies that by the hazards. Family arrivals are scheduled ahead.
 * Draws are copied in and out in blocks of eight, so that whole cache lines are read and written.
 */

#include <math.h>
#include <string.h>

enum { AGES = 48, MONTHS = 72, YEARS = 6, TERM = 6, LEAD = 15, BLOCK = 8, LANES = 8, VECTORS = 6, DELAYS = 25 };
enum { INFLOW, DECIDED, ON_TIME, PENALTY, GRANTS, FAMILY, HOUSED, EXIT_1, EXIT_2, EXIT_3, BELOW, ABOVE, COST, YEARLY };
enum { P_C, P_H, P_G, P_M1, P_M2, P_M3, P_K, PARAMETERS };

static const double DAYS = 30.4375;

typedef double Vector __attribute__((vector_size(64)));
typedef long Order __attribute__((vector_size(64)));

typedef struct {
    double inflow[MONTHS], parameter[PARAMETERS];
    double occupancy[MONTHS], overdue[MONTHS], yearly[YEARLY][YEARS];
    double decision[LEAD + MONTHS], housing[LEAD + MONTHS]; /* by month of entry; the run starts at LEAD */
} Draw;

/* What is the same for all draws. */
typedef struct {
    double penalty[MONTHS + LEAD + 1], delay[DELAYS];
    Vector exits[3][VECTORS];
} Tables;

static void fill(Tables *tables)
{
    double sum = 0;
    for (int age = 0; age <= MONTHS + LEAD; age++)
        tables->penalty[age] = age > TERM ? fmin(15000.0, 100 * DAYS * (age - TERM)) : 0;
    for (int age = 0; age < AGES; age++) {
        const int i = age / LANES, j = age % LANES;
        tables->exits[0][i][j] = age < 1 ? 0 : 0.01 + 0.06 * exp(-age / 12.0);
        tables->exits[1][i][j] = age < 2 ? 0 : 0.02;
        tables->exits[2][i][j] = age < 1 ? 0 : 0.01 + 0.08 * exp(-age / 8.0);
    }
    for (int k = 0; k < DELAYS; k++)
        sum += tables->delay[k] = k < 3 ? 0 : fmin((k - 2) / 7.0, (25 - k) / 16.0);
    for (int k = 0; k < DELAYS; k++)
        tables->delay[k] /= sum;
}

static double total(const double *lanes)
{
    return ((lanes[0] + lanes[1]) + (lanes[2] + lanes[3])) + ((lanes[4] + lanes[5]) + (lanes[6] + lanes[7]));
}

static __attribute__((noinline)) void simulate(Draw *draw, const Tables *tables)
{
    const double capacity = draw->parameter[P_C], homes = draw->parameter[P_H], granted = draw->parameter[P_G];
    const double many[3] = {draw->parameter[P_M1], draw->parameter[P_M2], draw->parameter[P_M3]};
    const double places = draw->parameter[P_K];

    double pending[MONTHS + DELAYS] = {0};
    double *restrict decision = draw->decision, *restrict housing = draw->housing;
    const Order older = {7, 8, 9, 10, 11, 12, 13, 14};
    const Vector zero = {0}, oldest = {0, 0, 0, 0, 0, 0, 0, 1};
    Vector returning[VECTORS], at_risk[VECTORS] = {zero}, stay[VECTORS];
    for (int i = 0; i < VECTORS; i++)
        stay[i] = 1 - (many[0] * tables->exits[0][i] + many[1] * tables->exits[1][i] + many[2] * tables->exits[2][i]);

    for (int entry = 0; entry < LEAD; entry++) {
        decision[entry] = 2000;
        housing[entry] = entry < LEAD - 12 ? 0 : 1500;
    }
    for (int age = 0; age < AGES; age++)
        returning[age / LANES][age % LANES] = age < 10 ? 500 : 0;

    int next = 0, next_home = LEAD - 12;
    double able = 2000.0 * 15, late = 2000.0 * 8, waiting = 1500.0 * 12; /* before month 0: ages 7 to 14 are late */
    double year[YEARLY] = {0};

    for (int t = 0; t < MONTHS; t++) {
        const int now = LEAD + t;

        /* Decide: `able` are those of age one and older. */
        decision[now] = draw->inflow[t];
        late += decision[now - TERM - 1];
        const double decided = able < capacity ? able : capacity;
        double left = decided, penalty = 0, in_time = 0;
        while (next < now) {
            const double here = decision[next], take = here < left ? here : left;
            const int age = now - next;
            penalty += take * tables->penalty[age];
            in_time += age <= TERM ? take : 0;
            decision[next] = here - take;
            left -= take;
            if (here > take)
                break;
            next++;
        }
        late -= decided - in_time;
        able += draw->inflow[t] - decided;

        /* Grants and their families. */
        const double grants = granted * decided, refused = (1 - granted) * decided, family = pending[t];
        const double coming = 0.6 * granted * decided;
        for (int k = 3; k < DELAYS; k++)
            pending[t + k] += coming * tables->delay[k];

        /* House. */
        housing[now] = grants + family;
        waiting += grants + family;
        const double housed = waiting < homes ? waiting : homes;
        left = housed;
        while (next_home <= now) {
            const double here = housing[next_home], take = here < left ? here : left;
            housing[next_home] = here - take;
            left -= take;
            if (here > take)
                break;
            next_home++;
        }
        waiting -= housed;

        /* Return. */
        Vector returned = zero, younger = zero;
        const Vector past = returning[VECTORS - 1] * oldest;
        for (int i = 0; i < VECTORS; i++) {
            const Vector here = returning[i];
            Vector there = __builtin_shuffle(younger, here, older);
            if (i == VECTORS - 1)
                there += past;
            younger = here;
            at_risk[i] += there;
            there *= stay[i];
            returned += there;
            returning[i] = there;
        }
        returning[0] += refused * (Vector){1};
        const double occupancy = able + waiting + refused + total((double *)&returned);

        draw->occupancy[t] = occupancy;
        draw->overdue[t] = late;
        year[INFLOW] += draw->inflow[t];
        year[DECIDED] += decided;
        year[ON_TIME] += in_time;
        year[PENALTY] += penalty;
        year[GRANTS] += grants;
        year[FAMILY] += family;
        year[HOUSED] += housed;
        const double above = occupancy > places ? occupancy - places : 0;
        year[BELOW] += occupancy - above;
        year[ABOVE] += above;

        if (t % 12 == 11) {
            for (int exit = 0; exit < 3; exit++) {
                Vector sums = zero;
                for (int i = 0; i < VECTORS; i++)
                    sums += at_risk[i] * tables->exits[exit][i];
                year[EXIT_1 + exit] = many[exit] * total((double *)&sums);
            }
            year[COST] = DAYS * (90 * year[BELOW] + 180 * year[ABOVE]);
            for (int output = 0; output < YEARLY; output++)
                draw->yearly[output][t / 12] = year[output];
            memset(year, 0, sizeof year);
            memset(at_risk, 0, sizeof at_risk);
        }
    }
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
    Draw block[BLOCK];
    fill(&tables);
    for (long first = begin; first < end; first += BLOCK) {
        const int count = end - first < BLOCK ? (int)(end - first) : BLOCK;
        for (int t = 0; t < MONTHS; t++)
            for (int i = 0; i < count; i++)
                block[i].inflow[t] = inflow[t * draws + first + i];
        for (int p = 0; p < PARAMETERS; p++)
            for (int i = 0; i < count; i++)
                block[i].parameter[p] = parameters[p * draws + first + i];
        for (int i = 0; i < count; i++)
            simulate(&block[i], &tables);
        for (int t = 0; t < MONTHS; t++)
            for (int i = 0; i < count; i++) {
                occupancy[t * draws + first + i] = block[i].occupancy[t];
                overdue[t * draws + first + i] = block[i].overdue[t];
            }
        for (int row = 0; row < YEARLY * YEARS; row++)
            for (int i = 0; i < count; i++)
                yearly[row * draws + first + i] = block[i].yearly[row / YEARS][row % YEARS];
    }
}
