-- Runs once at build time, in template1, on a fresh cluster, as postgres. The build then copies template1 byte for
-- byte to template0 and postgres, so that identical pages compress to one and every new database inherits the rules.

-- The relay connects its peers as one of these three; who may be which is the relay's decision, so none has a password.
CREATE ROLE owner SUPERUSER LOGIN;
CREATE ROLE editor LOGIN IN ROLE pg_read_all_data, pg_write_all_data, pg_read_all_stats;
CREATE ROLE viewer LOGIN IN ROLE pg_read_all_data, pg_read_all_stats;

REVOKE CREATE ON SCHEMA public FROM PUBLIC;
GRANT CREATE, USAGE ON SCHEMA public TO editor;

-- Functions that write without asking for a privilege on any table: large objects, and messages into the WAL.
DO $$
DECLARE
  writer regprocedure;
BEGIN
  FOR writer IN
    SELECT oid FROM pg_catalog.pg_proc
    WHERE pronamespace = 'pg_catalog'::regnamespace
      AND proname IN (
        'lo_creat', 'lo_create', 'lo_from_bytea', 'lo_import', 'lo_put', 'lo_truncate', 'lo_truncate64',
        'lo_unlink', 'lowrite', 'pg_logical_emit_message'
      )
  LOOP
    EXECUTE format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', writer);
    -- Reading a file of the server stays with superusers, as PostgreSQL has it.
    IF writer::text NOT LIKE 'lo\_import(%' THEN
      EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO editor', writer);
    END IF;
  END LOOP;
END
$$;
