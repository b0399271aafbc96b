"""From what is true to what the public gets, in pieces; `site` puts them together.

It imports nothing by itself: a build that has nothing to render starts sooner.
"""
