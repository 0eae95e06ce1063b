"""The front end in a real Chromium, against a served demo plant."""
