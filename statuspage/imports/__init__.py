"""Another system's incidents and components as files of ours; what was read is untrusted."""
