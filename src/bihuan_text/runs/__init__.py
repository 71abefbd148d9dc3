"""Many papers at once, for the commands: what one answers, who looks through them, where the answers go."""
