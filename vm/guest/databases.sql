-- Runs after bootstrap.sql, in template1, as postgres: the other databases become copies of it.
VACUUM FULL;
VACUUM FREEZE;
CHECKPOINT;

DROP DATABASE postgres;
ALTER DATABASE template0 IS_TEMPLATE false;
DROP DATABASE template0;

CREATE DATABASE postgres TEMPLATE template1 STRATEGY file_copy;
CREATE DATABASE template0 TEMPLATE template1 STRATEGY file_copy IS_TEMPLATE true ALLOW_CONNECTIONS false;

COMMENT ON DATABASE postgres IS 'default administrative connection database';
COMMENT ON DATABASE template0 IS 'unmodifiable empty database';

-- Who may enter and what they may create there: PUBLIC begins with CONNECT and TEMPORARY.
REVOKE ALL ON DATABASE template0, template1, postgres FROM PUBLIC;
GRANT CONNECT ON DATABASE postgres TO editor, viewer;
GRANT CREATE, TEMPORARY ON DATABASE postgres TO editor;

CHECKPOINT;
