import { expect, test } from 'vitest';
import { readImports } from './imports';
import { judge } from './judge';

/** The fault found when `file` consists of one import. */
function fault(file: string, specifier: string): string | undefined {
  const [only] = readImports(file, `import '${specifier}';`);
  if (!only) throw new Error('no import was read');
  return judge(only);
}

test.each([
  ['lib/mux/mux.ts', '../machine/machine'],
  ['lib/mux/mux.ts', '../postgres/client'],
  ['lib/mux/mux.ts', 'node:net'],
  ['lib/mux/mux.ts', 'ws'],
  ['lib/access/scram.ts', 'node:crypto'],
  ['lib/access/scram.ts', '../postgres/client'],
  ['lib/postgres/client.ts', 'pg'],
  ['lib/machine/machine.ts', '../server/config'],
  ['lib/server/config.ts', '../../relay/limits'],
  ['relay/relay.ts', '../components/ui/button'],
  ['relay/relay.ts', '../app/page'],
  ['relay/relay.ts', '../vm/build/hash'],
  ['app/page.tsx', '@/lib/server/config'],
  ['app/page.tsx', '@/relay/limits'],
  ['app/p/[id]/page.tsx', '../../../lib/server/config'],
  ['components/share/dialog.tsx', '@/lib/server/config'],
  ['components/share/dialog.tsx', '@/relay/limits'],
  ['components/share/dialog.tsx', '@/app/page'],
  ['proxy.ts', './relay/limits'],
  ['lib/machine/machine.ts', '../../vm/build/hash'],
  ['lib/machine/machine.ts', '../mux/testing/fake-link'],
  ['lib/machine/machine.ts', '../mux/testing'],
  ['lib/machine/machine.ts', './machine.test'],
  ['lib/machine/machine.test.ts', '../../e2e/support/psql'],
  ['utils/strings.ts', '../lib/mux/mux'],
  ['lib/utils/strings.ts', '../mux/mux'],
])('%s may not import %s', (file, specifier) => {
  expect(fault(file, specifier)).toBeDefined();
});

test.each([
  ['lib/mux/mux.ts', './frame'],
  ['lib/mux/mux.test.ts', 'node:crypto'],
  ['lib/mux/testing/pair.ts', 'node:events'],
  ['lib/mux/testing-schedule.ts', './testing'],
  ['lib/mux/mux.test.ts', './testing/pair'],
  ['lib/postgres/client.ts', '../mux/duplex'],
  ['lib/postgres/client.test.ts', '../server/database/embedded'],
  ['lib/machine/machine.ts', '../mux/mux'],
  ['lib/machine/node-image.ts', 'node:fs'],
  ['lib/server/database/client.ts', '../../../prisma/generated/client'],
  ['relay/relay.ts', '../lib/server/config'],
  ['relay/relay.ts', 'ws'],
  ['app/page.tsx', '@/components/home/home'],
  ['app/api/health/route.ts', '@/relay/limits'],
  ['app/api/health/route.ts', '@/lib/server/config'],
  ['components/share/dialog.tsx', '@/lib/access/link'],
  ['proxy.ts', './app/content-security-policy'],
  ['vm/build/base.ts', '../../lib/machine/machine'],
  ['bench/relay.ts', '../relay/relay'],
  ['playwright.config.ts', './scripts/e2e/serve'],
])('%s may import %s', (file, specifier) => {
  expect(fault(file, specifier)).toBeUndefined();
});
