"""The forms of the portal’s pages; each saves by one act."""
