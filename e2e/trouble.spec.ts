import { expect, test } from '@playwright/test';
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

test("while a query runs ten seconds, the emulator never holds the page's thread", async ({
  page,
}) => {
  await newPlayground(page);
  await run(page, `select 'warm' as state;`);
  await expect(cell(page, 'warm')).toBeVisible();
  await page.evaluate(() => {
    const tasks: number[] = [];
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) tasks.push(entry.duration);
    }).observe({ type: 'longtask' });
    Object.assign(window, { longTasks: tasks });
  });
  await run(
    page,
    `do $$ begin while clock_timestamp() < now() + interval '10 s' loop end loop; end $$; select 'over' as state;`,
  );
  await expect(cell(page, 'over')).toBeVisible({ timeout: 60_000 });
  // Responsiveness itself is measured by the bench; here the machine must not be in the page's thread at all,
  // where a slice of its work would show as a task of seconds.
  const longest = await page.evaluate(() =>
    Math.max(0, ...(window as unknown as { longTasks: number[] }).longTasks),
  );
  expect(longest).toBeLessThan(1000);
});
