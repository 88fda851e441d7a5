#!/bin/sh
# Runs once, in a new database server: one role owns the tables and migrates, the other runs the product.
set -eu
secrets=${SECRETS_DIR:-/run/secrets}
owner_password=$(cat "$secrets/database_owner_password")
app_password=$(cat "$secrets/database_app_password")
psql --quiet --set=ON_ERROR_STOP=1 --username="$POSTGRES_USER" --dbname=postgres \
    --set=owner_password="$owner_password" --set=app_password="$app_password" <<'SQL'
CREATE ROLE motcua LOGIN PASSWORD :'owner_password';
CREATE ROLE motcua_app LOGIN PASSWORD :'app_password';
CREATE DATABASE motcua OWNER motcua;
SQL
