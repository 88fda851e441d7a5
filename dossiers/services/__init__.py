"""Every write of dossiers, by use case: drafts, filing, acting, files, system, reading."""
