CREATE TABLE "notebook" (
  "playground_id" CHAR(12) NOT NULL,
  "epoch" INTEGER NOT NULL,
  "state" BYTEA,
  "compacted_at" TIMESTAMPTZ(3),

  CONSTRAINT "notebook_pkey" PRIMARY KEY ("playground_id"),
  CONSTRAINT "notebook_playground_id_fkey" FOREIGN KEY ("playground_id")
    REFERENCES "playground" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

CREATE TABLE "notebook_update" (
  "playground_id" CHAR(12) NOT NULL,
  "seq" INTEGER NOT NULL,
  "data" BYTEA NOT NULL,

  CONSTRAINT "notebook_update_pkey" PRIMARY KEY ("playground_id", "seq"),
  CONSTRAINT "notebook_update_playground_id_fkey" FOREIGN KEY ("playground_id")
    REFERENCES "notebook" ("playground_id") ON DELETE CASCADE ON UPDATE CASCADE
);

CREATE TABLE "notebook_version" (
  "id" CHAR(12) NOT NULL,
  "playground_id" CHAR(12) NOT NULL,
  "name" TEXT NOT NULL,
  "by" TEXT NOT NULL,
  "automatic" BOOLEAN NOT NULL,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "bytes" INTEGER NOT NULL,
  "state" BYTEA NOT NULL,

  CONSTRAINT "notebook_version_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "notebook_version_playground_id_fkey" FOREIGN KEY ("playground_id")
    REFERENCES "playground" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

CREATE INDEX "notebook_version_playground_id_created_at_idx"
  ON "notebook_version" ("playground_id", "created_at");
