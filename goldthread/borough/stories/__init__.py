"""What happens after the front door, told as stories: one small function a process, the same for the same plan."""
