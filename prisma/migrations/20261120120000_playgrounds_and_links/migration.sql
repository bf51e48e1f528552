CREATE TYPE "Role" AS ENUM ('owner', 'editor', 'viewer');

CREATE TABLE "playground" (
  "id" CHAR(12) NOT NULL,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

  CONSTRAINT "playground_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "link" (
  "id" CHAR(8) NOT NULL,
  "playground_id" CHAR(12) NOT NULL,
  "role" "Role" NOT NULL,
  "verifier" TEXT NOT NULL,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "revoked_at" TIMESTAMPTZ(3),

  CONSTRAINT "link_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "link_playground_id_fkey" FOREIGN KEY ("playground_id")
    REFERENCES "playground" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

CREATE INDEX "link_playground_id_created_at_idx" ON "link" ("playground_id", "created_at");
