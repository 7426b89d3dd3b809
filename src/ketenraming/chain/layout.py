"""Where things stand in the arrays that the program writes and the kernel reads."""

# Kinds of stage.
INFLOW, QUEUE, DWELL = range(3)

# Columns of `stages`.
(
    KIND, PLACE, AMOUNT, FLOW_FIRST, FLOW_END, CHANNEL_FIRST, CHANNEL_END, PROFILE, START_AGES, CAP, SERVER, RESERVED,
    MIN_AGE, BACKWARDS, APART, APART_FROM, APART_TO, TALLY_FIRST, TALLY_END, FLAT, MOVING,
) = range(21)  # fmt: skip

# Columns of `flows`, `routes`, `steps` and `channels`.
TIMES, ROUTE_FIRST, ROUTE_END = range(3)
TO, SHARE, DELAY_FIRST, DELAY_END = range(4)
OFFSET, BY_MONTH, BY_DRAW = range(3)
MONTH_SLOT, YEAR_SLOT = range(2)

# Rows of what a stage writes in a month. The flows of a dwell begin at OUTFLOW; the tallies of a queue at FIRST_TALLY.
ARRIVED, STOCK_END, STOCK_AVG, UNDER_CAP, OUTFLOW, ON_TIME, OVERDUE, FIRST_TALLY = range(8)

NONE = -1
NO_TERM = 1 << 30
