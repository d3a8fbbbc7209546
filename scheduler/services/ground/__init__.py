"""What the verbs of several rooms share: who asks, the journal, secrets, the schema."""
