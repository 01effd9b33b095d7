"""Enterprises of any size, made to measure on: nothing in them exists."""
