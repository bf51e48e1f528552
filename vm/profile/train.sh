#!/bin/sh
# Runs in the i386 root that compiles, natively: a server that counts what it executes does what people of a playground
# have theirs do. The counters land beside the objects in /work/build when each backend ends.
set -e
B=/usr/lib/postgresql/17/bin
D=/work/cluster
export LD_LIBRARY_PATH=/usr/lib/postgresql/17/lib
mkdir "$D"
chown nobody "$D"
chmod -R a+rwX /work/build
as_nobody() { setpriv --reuid=nobody --regid=nogroup --clear-groups "$@"; }
psql() { as_nobody "$B/psql" -X -q -v ON_ERROR_STOP=1 -h "$D" -U postgres -o /dev/null "$@"; }
bench() { as_nobody "$B/pgbench" -h "$D" -U postgres -n "$@" bench; }

as_nobody "$B/initdb" -D "$D" -U postgres -A trust --wal-segsize=1 --locale=C.UTF-8 --encoding=UTF8
cp /work/guest/postgresql.conf "$D/postgresql.conf"
as_nobody /work/bin/postgres -D "$D" -c listen_addresses= -c unix_socket_directories="$D" &
server=$!
tries=0
until psql -c 'SELECT 1' 2> /dev/null; do
  tries=$((tries + 1))
  [ "$tries" -lt 60 ] || exit 1
  sleep 1
done
psql -c 'CREATE DATABASE bench'
as_nobody "$B/pgbench" -h "$D" -U postgres -i -s 1 -q bench
bench -S -T 8
bench -S -M extended -T 5
bench -S -M prepared -T 5
bench -T 5
for _ in 1 2 3 4 5; do psql -f /work/guest/warm.sql postgres; done
psql -f /work/profile/train.sql bench
kill -INT "$server"
wait "$server"
