"""The tables of the portal’s pages."""
