/*
 * The toy chain in C as it reads: arrays by age that are shifted each month, the oldest found by passing all ages, and
 * everything computed again each month, but for what is the same for all draws: hazards by age and the family delay.
 */

#include <math.h>

enum { AGES = 48, MONTHS = 72, YEARS = 6, TERM = 6 };
enum { INFLOW, DECIDED, ON_TIME, PENALTY, GRANTS, FAMILY, HOUSED, EXIT_1, EXIT_2, EXIT_3, BELOW, ABOVE, COST, YEARLY };
enum { P_C, P_H, P_G, P_M1, P_M2, P_M3, P_K };

static const double DAYS = 30.4375;

static void one_month_older(double *pool)
{
    pool[AGES - 1] += pool[AGES - 2];
    for (int age = AGES - 2; age > 0; age--)
        pool[age] = pool[age - 1];
    pool[0] = 0;
}

static void oldest_first(double *pool, double capacity, int min_age, double *served)
{
    for (int age = AGES - 1; age >= 0; age--) {
        served[age] = age < min_age ? 0 : fmin(pool[age], capacity);
        pool[age] -= served[age];
        capacity -= served[age];
    }
}

static double sum(const double *pool)
{
    double total = 0;
    for (int age = 0; age < AGES; age++)
        total += pool[age];
    return total;
}

/*
 * Run the draws from `begin` up to `end`, so that threads can share them.
 *
 * Inflow is (72, draws), parameters (7, draws); occupancy and overdue (72, draws), yearly (13, 6, draws).
 */
void toy(long begin, long end, long draws, const double *inflow, const double *parameters, double *occupancy,
         double *overdue, double *yearly)
{
    double delay[25] = {0}, hazard[3][AGES] = {{0}}, weights = 0;
    for (int k = 3; k <= 24; k++)
        weights += delay[k] = fmin((k - 2) / 7.0, (25 - k) / 16.0);
    for (int age = 1; age < AGES; age++) {
        hazard[0][age] = 0.01 + 0.06 * exp(-age / 12.0);
        hazard[1][age] = age < 2 ? 0 : 0.02;
        hazard[2][age] = 0.01 + 0.08 * exp(-age / 8.0);
    }
    for (long s = begin; s < end; s++) {
        for (int row = 0; row < YEARLY * YEARS; row++)
            yearly[row * draws + s] = 0;
        double decision[AGES] = {0}, housing[AGES] = {0}, returning[AGES] = {0}, pending[MONTHS + 25] = {0};
        double served[AGES];
        const double granted = parameters[P_G * draws + s], places = parameters[P_K * draws + s];
        for (int age = 0; age < 15; age++)
            decision[age] = 2000;
        for (int age = 0; age < 12; age++)
            housing[age] = 1500;
        for (int age = 0; age < 10; age++)
            returning[age] = 500;

        for (int t = 0; t < MONTHS; t++) {
#define YEARLY_(output) yearly[((output) * YEARS + t / 12) * draws + s]
            one_month_older(decision);
            one_month_older(housing);
            one_month_older(returning);

            decision[0] = inflow[t * draws + s];
            YEARLY_(INFLOW) += decision[0];
            oldest_first(decision, parameters[P_C * draws + s], 1, served);
            double decided = 0, late = 0;
            for (int age = 0; age < AGES; age++) {
                decided += served[age];
                YEARLY_(DECIDED) += served[age];
                if (age <= TERM)
                    YEARLY_(ON_TIME) += served[age];
                YEARLY_(PENALTY) += served[age] * fmin(15000.0, 100 * DAYS * fmax(0, age - TERM));
                if (age > TERM)
                    late += decision[age];
            }

            const double grants = granted * decided;
            for (int k = 3; k <= 24; k++)
                pending[t + k] += 0.6 * grants * delay[k] / weights;
            housing[0] = grants + pending[t];
            YEARLY_(GRANTS) += grants;
            YEARLY_(FAMILY) += pending[t];
            oldest_first(housing, parameters[P_H * draws + s], 0, served);
            YEARLY_(HOUSED) += sum(served);

            for (int age = 1; age < AGES; age++) {
                const double here = returning[age];
                const double one = here * parameters[P_M1 * draws + s] * hazard[0][age];
                const double two = here * parameters[P_M2 * draws + s] * hazard[1][age];
                const double three = here * parameters[P_M3 * draws + s] * hazard[2][age];
                YEARLY_(EXIT_1) += one;
                YEARLY_(EXIT_2) += two;
                YEARLY_(EXIT_3) += three;
                returning[age] -= one + two + three;
            }
            returning[0] = (1 - granted) * decided;

            const double people = sum(decision) + sum(housing) + sum(returning);
            const double above = fmax(0, people - places);
            occupancy[t * draws + s] = people;
            overdue[t * draws + s] = late;
            YEARLY_(BELOW) += people - above;
            YEARLY_(ABOVE) += above;
            YEARLY_(COST) += DAYS * (90 * (people - above) + 180 * above);
        }
    }
}
