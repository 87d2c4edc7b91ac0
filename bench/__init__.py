"""Side-by-side measurements: what a run costs against reading alone, against other tools, and as rows grow."""
