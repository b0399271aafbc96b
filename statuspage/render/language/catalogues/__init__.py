"""The catalogues of the pages, one a language; `de.po` is for people, `de.mo` is compiled from it at build."""
