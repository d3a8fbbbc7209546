"""The pages: parse what was typed, call a verb, print the answer. One page, one file."""
