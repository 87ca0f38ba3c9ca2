"""The front door: a worry reaches the multi-agency safeguarding hub, partners are asked, someone decides in time."""
