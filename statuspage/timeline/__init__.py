"""What is true at an instant: pure functions from what the files say and `now` to what the public sees.

It imports nothing by itself: those who read files need `steps` alone, and start sooner without the rest.
"""
