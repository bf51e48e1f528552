import type { Plan } from '../plan';
import type { Session } from './session';

/** Makes the tables the steps work on. */
export async function prepare(session: Session, { pointRows, sumRows }: Plan): Promise<void> {
  await session.query(
    `create table point as select id, 'row ' || id as body from generate_series(1, ${pointRows}) id`,
  );
  await session.query('alter table point add primary key (id)');
  await session.query('analyze point');
  await session.query(`create table number as select n from generate_series(1, ${sumRows}) n`);
  await session.query('create table inserted (id serial primary key, n int, body text)');
  await session.query('create table copied (id int, body text)');
}
