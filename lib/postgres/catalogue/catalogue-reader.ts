import type { PgClient } from '../client';
import type { Cell, PreparedStatement } from '../client-types';
import { PgError } from '../errors';
import { assembleCatalogue, type CatalogueRows } from './assemble';
import { type CatalogueQuery, catalogueQueries, SESSION_SETTINGS } from './queries';
import type { Catalogue } from './types';

type Statements = Record<CatalogueQuery, Promise<PreparedStatement>>;

/** Reads the catalogue over a session that does nothing else. Its statements are prepared once and sent together. */
export class CatalogueReader {
  readonly #client: PgClient;
  readonly #settings: Promise<void>;
  readonly #prepared = new Map<boolean, Statements>();

  constructor(client: PgClient) {
    this.#client = client;
    this.#settings = client.simple(SESSION_SETTINGS);
    this.#settings.catch(() => {});
  }

  /** @param system PostgreSQL's own schemas too */
  async read(system: boolean): Promise<Catalogue> {
    await this.#settings;
    const statements = this.#statements(system);
    const ask = async (query: CatalogueQuery): Promise<Cell[][]> =>
      (await this.#client.query(await statements[query])).rows;
    const [places, relations, columns, keys, routines, sizes] = await Promise.all([
      ask('places'),
      ask('relations'),
      ask('columns'),
      ask('keys'),
      ask('routines'),
      // Sizes are worth nothing to wait for: a lock taken meanwhile leaves them out.
      ask('sizes').catch((error: unknown) => {
        if (error instanceof PgError && !error.fatal) return [];
        throw error;
      }),
    ]);
    const rows: CatalogueRows = { places, relations, columns, keys, routines, sizes };
    return assembleCatalogue(rows, this.#client.parameters.get('session_authorization') ?? '');
  }

  #statements(system: boolean): Statements {
    const known = this.#prepared.get(system);
    if (known) return known;
    const texts = catalogueQueries(system);
    const prepare = (query: CatalogueQuery) => {
      const statement = this.#client.prepare(`${query}${system ? '_all' : ''}`, texts[query]);
      // Whoever reads hears of it; nobody may.
      statement.catch(() => this.#prepared.delete(system));
      return statement;
    };
    const statements: Statements = {
      places: prepare('places'),
      relations: prepare('relations'),
      columns: prepare('columns'),
      keys: prepare('keys'),
      routines: prepare('routines'),
      sizes: prepare('sizes'),
    };
    this.#prepared.set(system, statements);
    return statements;
  }
}
