#!/bin/sh
# Run once by the database's image, before `dimchat fleet init`: a user for each node and one for curators.
# psql reads the passwords itself: on its command line anybody who lists processes would see them.
set -eu
psql -v ON_ERROR_STOP=1 -U "$POSTGRES_USER" -d "$POSTGRES_DB" <<'SQL'
\set curator `cat /run/secrets/curator`
\set web_1 `cat /run/secrets/web_1`
\set web_2 `cat /run/secrets/web_2`
CREATE ROLE dimchat_stand NOLOGIN;
CREATE ROLE dimchat_curator NOLOGIN;
CREATE ROLE curator LOGIN PASSWORD :'curator' IN ROLE dimchat_curator;
CREATE ROLE web_1 LOGIN PASSWORD :'web_1' IN ROLE dimchat_stand;
CREATE ROLE web_2 LOGIN PASSWORD :'web_2' IN ROLE dimchat_stand;
SQL
