"""Posts that the clock writes into `<slug>.timed.md` when nobody has written the update that was promised."""
