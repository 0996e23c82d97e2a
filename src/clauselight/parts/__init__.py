"""Parts of documents, below every room: readers and what looks for sources inside of documents must agree on them."""
