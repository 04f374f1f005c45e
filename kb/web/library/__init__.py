"""The library's pages: upload, health, removal, log, and the build."""
