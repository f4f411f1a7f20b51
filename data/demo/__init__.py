"""The demonstration department: a generator of export files as the platforms write them."""
