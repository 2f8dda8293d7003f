"""How the classifier comes about: from the messages of the repository, and from people's decisions."""
