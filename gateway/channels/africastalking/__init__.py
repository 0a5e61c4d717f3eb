"""Africa's Talking, both ways: `hearing` its webhooks, `sending` through its SDK, and its `far_side` as a fake for demos and tests."""
