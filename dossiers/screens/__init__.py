"""What the citizen's pages show, worked out as plain values: tasks, answers to check, the five answers."""
