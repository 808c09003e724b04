"""Numbers measured on samples, models and runs: pure functions, one file per idea."""
