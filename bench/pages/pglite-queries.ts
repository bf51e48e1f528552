import { PGlite } from '@electric-sql/pglite';
import { pgliteSession } from './pglite-session';
import { setStage } from './stage';

const db = PGlite.create({ dataDir: 'memory://' });

setStage(async () => pgliteSession(await db));
