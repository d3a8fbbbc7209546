"""From the words of tables to facts: one module per noun, each a function from a table to facts and errors."""
