import type { CarriedNotebook } from '../carried';

const WELCOME = `# Welcome to Warren

A real PostgreSQL runs in a browser tab, and this notebook is the page you share to use it together. Text, queries and their results stand in **cells**.

Click into the cell below and press **Shift+Enter**: it runs, and the next cell is yours. **Ctrl+Enter** (⌘+Enter on a Mac) runs it and stays.`;

const PLANETS = `create table if not exists planets (
  name text primary key,
  moons int not null,
  diameter_km int not null,
  found date
);

insert into planets values
  ('Mercury', 0, 4879, null),
  ('Venus', 0, 12104, null),
  ('Earth', 1, 12742, null),
  ('Mars', 2, 6779, null),
  ('Jupiter', 97, 139820, null),
  ('Saturn', 274, 116460, null),
  ('Uranus', 28, 50724, '1781-03-13'),
  ('Neptune', 16, 49244, '1846-09-23')
on conflict do nothing;

select * from planets order by diameter_km desc;`;

const KEYS = `## Cells, and the keyboard

Press **Esc** to leave a cell’s text. Then

- **j** and **k** go down and up, **Enter** goes back into the text,
- **a** adds a cell above, **b** below, **dd** deletes one and **z** brings it back,
- **m** makes a cell text, **y** makes it SQL.

Press **Share** to let others in. They see your cursor and your results, and you see theirs; what each of you undoes is only their own.

The next cell keeps a **chart**. \`:moons\` in it is a parameter: change its value above the cell and run it again.`;

const CHART = `select name, moons
from planets
where moons >= :moons::int
order by moons desc;`;

const SCHEMA = `## What is in the database

Open **Schema**: tables, columns and keys as they are now. Click on a name to put it into a cell. While you type, names are completed, and commands you know from psql work too: try \`\\d planets\` in a cell of its own.

The next cell asks PostgreSQL how it runs a query. **EXPLAIN** shows as a tree: where the time goes, and where it expected other numbers of rows.`;

const PLAN = `explain (analyze, buffers)
select p.name, count(*) as nights, max(n) as last
from planets p
join generate_series(1, 2000) as n on n % 8 = length(p.name)
group by p.name
order by nights desc;`;

const TOGETHER = `## Two people, one row

Everyone who opens this notebook has a session of their own, so transactions and **locks** are real. Share a link with somebody, or open one in a second window.

1. Run the cell below. It opens a transaction and changes a row; a badge says that the transaction is open.
2. Let the other person run it too. Theirs waits for your lock.
3. Add a cell with \`rollback;\` or \`commit;\` and run it. The other one goes on; they end theirs the same way.`;

const LOCK = `begin;
update planets set moons = moons + 1 where name = 'Saturn' returning name, moons;`;

/** Teaches the product in eight cells; each can be run again. */
export const TOUR: CarriedNotebook = {
  title: 'A tour of Warren',
  values: new Map([['moons', '1']]),
  cells: [
    { kind: 'text', text: WELCOME },
    { kind: 'sql', text: PLANETS },
    { kind: 'text', text: KEYS },
    {
      kind: 'sql',
      text: CHART,
      view: { kind: 'chart', chart: 'bar', x: 'name', y: ['moons'] },
    },
    { kind: 'text', text: SCHEMA },
    { kind: 'sql', text: PLAN, view: { kind: 'plan', as: 'tree' } },
    { kind: 'text', text: TOGETHER },
    { kind: 'sql', text: LOCK },
  ],
};
