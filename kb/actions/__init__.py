"""Actions: each checks the right, validates, saves, logs and starts the build.

Pages and the command line only translate: a form or arguments into a call, its result into a
redirect or a printed line. Rights are declared in `permissions` and checked here.
"""
