"""Drawing mini-hubs, beside OR-Tools and k-means-constrained (Benchmarks/areas), and all of England at once."""
