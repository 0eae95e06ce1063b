"""The launcher: everything that starts and stops Zhiliu's processes.

It runs before Django is configured and never imports it at module level.
"""
