"""Messages to people: kept in the outbox until they have arrived, and sent over real connections.

It imports nothing by itself: a build that tells nobody starts sooner.
"""
