"""What is to be learnt: a question about sets of elements, with a way to draw labelled samples."""
