"""Verbs of the house: may they, what are the facts, what does core say, write it down. One transaction each."""
