CREATE TABLE "snapshot" (
  "id" CHAR(12) NOT NULL,
  "playground_id" CHAR(12) NOT NULL,
  "link_id" CHAR(8) NOT NULL,
  "created_at" TIMESTAMPTZ(3) NOT NULL,
  "expires_at" TIMESTAMPTZ(3) NOT NULL,
  "finished_at" TIMESTAMPTZ(3),
  "deleted_at" TIMESTAMPTZ(3),
  "ttl_seconds" INTEGER NOT NULL,
  "bytes" BIGINT NOT NULL,
  "chunks" INTEGER NOT NULL,
  "card" BYTEA NOT NULL,
  "upload_token_hash" BYTEA NOT NULL,
  "max_openings" INTEGER,
  "openings" INTEGER NOT NULL DEFAULT 0,

  CONSTRAINT "snapshot_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "snapshot_playground_id_fkey" FOREIGN KEY ("playground_id")
    REFERENCES "playground" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT "snapshot_link_id_fkey" FOREIGN KEY ("link_id")
    REFERENCES "link" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

CREATE INDEX "snapshot_playground_id_created_at_idx" ON "snapshot" ("playground_id", "created_at");
CREATE INDEX "snapshot_link_id_idx" ON "snapshot" ("link_id");
CREATE INDEX "snapshot_expires_at_idx" ON "snapshot" ("expires_at");

CREATE TABLE "snapshot_opening" (
  "id" CHAR(12) NOT NULL,
  "snapshot_id" CHAR(12) NOT NULL,
  "token_hash" BYTEA NOT NULL,
  "expires_at" TIMESTAMPTZ(3) NOT NULL,

  CONSTRAINT "snapshot_opening_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "snapshot_opening_snapshot_id_fkey" FOREIGN KEY ("snapshot_id")
    REFERENCES "snapshot" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

CREATE INDEX "snapshot_opening_snapshot_id_idx" ON "snapshot_opening" ("snapshot_id");
CREATE INDEX "snapshot_opening_expires_at_idx" ON "snapshot_opening" ("expires_at");
