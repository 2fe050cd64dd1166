#!/bin/sh
# Stands in for the entrypoints of the official images in the image that the tests build: a first
# start of PostgreSQL makes the cluster with POSTGRES_USER and POSTGRES_PASSWORD, then the command
# runs as the service's own user.
set -eu

if [ "$1" = rabbitmq-server ]; then
  home=/var/lib/rabbitmq
  export HOME="$home" RABBITMQ_LOGS=- PATH="/usr/lib/rabbitmq/bin:$PATH"
  if [ "$(id -u)" = 0 ]; then
    mkdir -p "$home" /var/log/rabbitmq
    chown rabbitmq:rabbitmq "$home" /var/log/rabbitmq
    exec setpriv --reuid=rabbitmq --regid=rabbitmq --clear-groups "$0" "$@"
  fi
  exec "$@"
fi

if [ "$1" = redis-server ]; then
  if [ "$(id -u)" = 0 ]; then
    mkdir -p /data
    chown redis:redis /data
    cd /data
    exec setpriv --reuid=redis --regid=redis --clear-groups "$0" "$@"
  fi
  exec "$@"
fi

PATH="$(echo /usr/lib/postgresql/*/bin):$PATH"
PGDATA=/var/lib/postgresql/data
user="${POSTGRES_USER:-postgres}"

if [ "$(id -u)" = 0 ]; then
  mkdir -p "$PGDATA" /var/run/postgresql
  chown postgres:postgres "$PGDATA" /var/run/postgresql
  chmod 700 "$PGDATA"
  exec setpriv --reuid=postgres --regid=postgres --clear-groups "$0" "$@"
fi

if [ -z "${POSTGRES_PASSWORD:-}" ]; then
  echo 'Error: POSTGRES_PASSWORD is empty.' >&2
  exit 1
fi
if [ ! -s "$PGDATA/PG_VERSION" ]; then
  umask 077
  secret="$(mktemp)"
  printf '%s\n' "$POSTGRES_PASSWORD" >"$secret"
  initdb --pgdata="$PGDATA" --username="$user" --pwfile="$secret" --auth=scram-sha-256 \
    --encoding=UTF8 --locale=C.UTF-8 --no-sync
  rm "$secret"
  echo 'host all all all scram-sha-256' >>"$PGDATA/pg_hba.conf"
fi
export PGDATA
exec "$@" -c listen_addresses='*'
