"""The warehouse: snapshots, the one writer, merging, exports."""
