"""The stylesheet and the script of the pages."""
