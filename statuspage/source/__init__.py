"""From the files of a site to what they say: bytes, front matter, headings, field lines, incidents, the page."""
