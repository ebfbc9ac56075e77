"""What a build costs, measured as ratios within one run."""
