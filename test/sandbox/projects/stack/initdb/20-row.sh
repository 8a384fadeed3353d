#!/bin/bash
psql --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" --command "insert into made values ('$0')"
