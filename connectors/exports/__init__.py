"""Export files of ad platforms and other tools: recognised from their bytes, parsed in SQL, declared in ``formats/``."""
