"""Tests of what machines read: status API, feeds, calendar, badges, heartbeat."""
