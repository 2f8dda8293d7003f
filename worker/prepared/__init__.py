"""What is the same at every start and takes seconds to make: made once, kept beside the packages."""
