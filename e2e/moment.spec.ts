import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import {
  cell,
  machineReady,
  newPlayground,
  otherBrowser,
  problem,
  result,
  run,
  type SharedLinks,
  share,
} from './support/playground';
import { Psql, runProgram } from './support/psql';

/** The whole moment of the product, in the order in which people live it: one machine, many visitors. */
test.describe
  .serial('a Postgres in a tab, and a link that reaches it', () => {
    let owner: import('@playwright/test').Page;
    let links: SharedLinks;
    let folder: string;

    test.beforeAll(async ({ browser }) => {
      folder = await mkdtemp(path.join(tmpdir(), 'warren-e2e-'));
      owner = await (await browser.newContext()).newPage();
      await newPlayground(owner);
    });

    test.afterAll(async () => {
      await owner.context().close();
      await rm(folder, { recursive: true });
    });

    test('the owner types a query and gets a result grid', async () => {
      await run(
        owner,
        `create table fruit(id int primary key, name text);
insert into fruit values (1, 'apple'), (2, 'pear');
select id, name from fruit order by id;`,
      );
      await expect(result(owner).getByRole('grid').last()).toBeVisible();
      await expect(cell(owner, 'pear')).toBeVisible();
    });

    test('the Share dialog gives two links and a connection string', async () => {
      links = await share(owner);
      expect(new URL(links.edit).hash).toMatch(/^#[a-z0-9]{8}\.[\w-]{22}$/);
      expect(new URL(links.view).search).toBe('');
      expect(links.connection).toContain('sslmode=');
    });

    test('a colleague in another browser queries that very database', async ({ browser }) => {
      const { page, context } = await otherBrowser(browser, links.edit);
      await machineReady(page);
      await run(page, `insert into fruit values (3, 'quince') returning name;`);
      await expect(cell(page, 'quince')).toBeVisible();
      await expect(owner.getByRole('region', { name: 'Peers' })).toContainText('editor');
      await run(owner, 'select name from fruit where id = 3;');
      await expect(cell(owner, 'quince')).toBeVisible();
      await context.close();
    });

    test("a viewer's insert fails with PostgreSQL's own permission error", async ({ browser }) => {
      const { page, context } = await otherBrowser(browser, links.view);
      await machineReady(page);
      await run(page, 'select count(*) from fruit;');
      await expect(cell(page, '3')).toBeVisible();
      await run(page, `insert into fruit values (9, 'stolen');`);
      await expect(problem(page, 'permission denied for table fruit')).toBeVisible();
      await context.close();
    });

    test('psql copies a file in and out through the port', async () => {
      const lines = Array.from({ length: 20_000 }, (_, i) => `${i}\tline ${i}\n`).join('');
      const source = path.join(folder, 'lines.tsv');
      const target = path.join(folder, 'copy.tsv');
      await writeFile(source, lines);
      const output = await runProgram(
        'psql',
        [links.connection, '-X', '-At', '-v', 'ON_ERROR_STOP=1'],
        `create table lines(n int, line text);
\\copy lines from '${source}'
\\copy (select * from lines order by n) to '${target}'
select count(*) from lines;
`,
      );
      expect(output).toContain('COPY 20000');
      expect(await readFile(target, 'utf8')).toBe(lines);
    });

    test('Ctrl-C on a slow query gives the prompt back', async () => {
      const psql = new Psql(links.connection, { terminal: true });
      await psql.until(/postgres=> $/);
      psql.send('select pg_sleep(600);');
      const watcher = new Psql(links.connection);
      watcher.send(`${untilActivity("query like 'select pg_sleep(600)%'")} select 'sleeping';`);
      await watcher.until(/sleeping/);
      psql.interrupt();
      await psql.until(/canceling statement due to user request\s+postgres=> $/);
      psql.send(`select 'at the ' || 'prompt';`);
      await psql.until(/at the prompt/);
      expect(await psql.quit()).toBe(0);
      await watcher.quit();
    });

    test('three psql sessions at a time, one waiting for the row lock of another', async () => {
      const [holder, waiter, witness] = [1, 2, 3].map(() => new Psql(links.connection));
      if (!holder || !waiter || !witness) throw new Error('three sessions');
      holder.send(`begin; update fruit set name = 'held' where id = 1; select 'holding';`);
      await holder.until(/holding/);
      waiter.send(`update fruit set name = 'after' where id = 1 returning 'got it';`);
      witness.send(`${untilActivity("wait_event_type = 'Lock'")} select 'somebody waits';`);
      await witness.until(/somebody waits/);
      expect(waiter.output).not.toContain('got it');
      holder.send('commit;');
      await waiter.until(/got it/);
      witness.send('select name from fruit where id = 1;');
      await witness.until(/^after$/m);
      for (const session of [holder, waiter, witness]) expect(await session.quit()).toBe(0);
    });

    test('pgbench with four clients runs through the port', async () => {
      await runProgram('pgbench', ['-i', '-s', '1', '-q', '--quiet', links.connection]);
      const report = await runProgram('pgbench', ['-c', '4', '-t', '25', '-n', links.connection]);
      expect(report).toContain('number of transactions actually processed: 100/100');
      expect(report).toMatch(/number of failed transactions: 0/);
    });

    test('Stop cancels a running query on the page', async () => {
      await run(owner, 'select pg_sleep(600);');
      await owner.getByRole('button', { name: 'Stop', exact: true }).click();
      await expect(problem(owner, 'canceling statement')).toBeVisible();
    });

    test('after revocation the connection is closed', async () => {
      const psql = new Psql(links.connection);
      psql.send(`select 'connected';`);
      await psql.until(/connected/);
      await owner.getByRole('button', { name: 'Share', exact: true }).click();
      const dialog = owner.getByRole('dialog', { name: 'Share' });
      await dialog.getByRole('button', { name: 'Revoke and renew the edit link' }).click();
      await owner.getByRole('button', { name: 'Revoke and make a new one' }).click();
      psql.send(`select 'still here';`);
      await psql.until(/terminating connection|server closed the connection|revoked/i);
      await owner.keyboard.press('Escape');
      const late = new Psql(links.connection, { args: ['-c', 'select 1'] });
      expect(await late.exited).toBe(2);
    });
  });

/** SQL that ends once a session is in the state that `condition` describes. */
function untilActivity(condition: string): string {
  return `do $$ begin
  while not exists (select from pg_stat_activity where pid <> pg_backend_pid() and ${condition}) loop
    perform pg_sleep(0.05), pg_stat_clear_snapshot();
  end loop;
end $$;`;
}
