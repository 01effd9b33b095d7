"""How the portal’s lists are narrowed."""
