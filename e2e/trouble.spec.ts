import { expect, test } from '@playwright/test';
import { sqlOf, write as writeCell } from './support/notebook';
import {
  cell,
  machineReady,
  newPlayground,
  otherBrowser,
  problem,
  run,
  share,
} from './support/playground';
import { Psql } from './support/psql';

test('PostgreSQL killed inside the machine: the page says so and a restart brings it back', async ({
  page,
}) => {
  await newPlayground(page);
  await run(page, `copy (select 1) to program 'busybox killall -9 postgres';`);
  await expect(problem(page, 'PostgreSQL in the machine has stopped')).toBeVisible();
  await page.getByRole('button', { name: 'Restart the machine' }).click();
  await machineReady(page);
  await run(page, `select 'back' as state;`);
  await expect(cell(page, 'back')).toBeVisible();
});

test('a session that an administrator ends is told, and the next run has another', async ({
  page,
}) => {
  await newPlayground(page);
  await run(page, 'select pg_terminate_backend(pg_backend_pid());');
  await expect(problem(page, 'terminating connection').first()).toBeVisible();
  await run(page, `select 'again' as state;`);
  await expect(cell(page, 'again')).toBeVisible();
});

test('a second tab of the same browser becomes a peer of the first, never a second host', async ({
  page,
  context,
}) => {
  await newPlayground(page);
  await run(page, 'create table only_here(a int);');
  const second = await context.newPage();
  await second.goto(page.url());
  await expect(second.getByText('This playground runs in another tab')).toBeVisible();
  await machineReady(second);
  await run(second, `insert into only_here values (7) returning a;`);
  await expect(cell(second, '7')).toBeVisible();
});

test('a stranger without a link is told that one is needed', async ({ page, browser }) => {
  await newPlayground(page);
  const { page: stranger, context } = await otherBrowser(browser, page.url());
  await expect(stranger.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(stranger.getByText(/link/i).first()).toBeVisible();
  await expect(stranger.getByRole('textbox', { name: 'SQL' })).toHaveCount(0);
  await context.close();
});

test('when the host closes its tab, psql is told with 57P01', async ({ page }) => {
  await newPlayground(page);
  const { connection } = await share(page);
  const psql = new Psql(connection, { args: ['-v', 'VERBOSITY=verbose'] });
  psql.send(`select 'connected';`);
  await psql.until(/connected/);
  await page.context().close();
  psql.send(`select 'still here';`);
  await psql.until(/57P01/);
});

test('while a query runs, the page answers, and the query can be cancelled', async ({ page }) => {
  await newPlayground(page);
  // Were the machine in the page's thread, nothing of what follows could happen before the query is over.
  await run(
    page,
    `do $$ begin while clock_timestamp() < now() + interval '1 h' loop end loop; end $$;`,
  );
  const stop = page.getByRole('button', { name: 'Stop', exact: true });
  await expect(stop).toBeEnabled();
  await page.getByRole('button', { name: 'Add SQL cell' }).last().click();
  await writeCell(page, 2, '-- written meanwhile');
  await expect.poll(() => sqlOf(page, 2)).toBe('-- written meanwhile');
  await stop.click();
  await expect(problem(page, 'canceling statement due to user request').first()).toBeVisible();
});
