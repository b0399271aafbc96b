"""The published files over HTTP, and the few addresses that need a program behind them."""
