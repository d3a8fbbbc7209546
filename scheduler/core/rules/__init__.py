"""Rules, and the requirements that follow from them."""
