"""Export files of ad platforms and other tools: recognised by their bytes, parsed in SQL, declared in ``formats/``."""
