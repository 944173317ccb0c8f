"""Exercises that run in the reader's own browser: Pyodide and JupyterLite, served beside the book."""
