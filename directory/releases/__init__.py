"""Releases: all public data frozen under a version, in files that are kept and never made again.

In the layers it stands above insights and downloads, from which the graphs and maps come.
"""
