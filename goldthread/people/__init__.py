"""Children and adults: who they are, where they live, how they are related, and which records are the same person."""
