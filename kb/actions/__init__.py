"""What people do: each action checks who may, validates, saves, logs and starts the build.

Pages and the command line only translate: a form or arguments into a call, its result into a
redirect or a printed line. Who may do what is written in `permissions` and asked here.
"""
