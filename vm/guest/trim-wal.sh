# Build only: removes WAL segments that PostgreSQL keeps for later use. It makes new ones when it needs them.
cd /var/lib/postgresql/17/main/pg_wal || exit 1
for segment in 0*; do
  [ "$segment" = "$1" ] || rm -f "$segment"
done
