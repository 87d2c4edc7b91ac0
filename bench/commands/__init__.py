"""What is started as a process of its own and measured from outside."""
