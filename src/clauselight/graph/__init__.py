"""Statements after they are made: editions, chains, what is selected, and on which lists organisations are."""
