"""The citizen's pages: starting, filing, following, supplementing, and what comes after."""
