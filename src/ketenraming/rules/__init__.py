"""What the law says, as functions of dated parameters. Knows no persons in a simulation and no files."""
