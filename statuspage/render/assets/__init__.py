"""The stylesheet of the pages."""
