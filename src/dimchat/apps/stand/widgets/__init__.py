"""The parts of the kiosk's screens."""
