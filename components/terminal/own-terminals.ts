/** Beyond what a machine has, so that names of machines long gone make way. */
const MOST_NAMES = 32;

/** The terminals this browser has opened in one playground: what a guest's page comes back to after a reload. */
export class OwnTerminals {
  private readonly key: string;
  private names: readonly string[];

  constructor(playground: string) {
    this.key = `warren.terminals.${playground}`;
    this.names = read(this.key);
  }

  has(name: string): boolean {
    return this.names.includes(name);
  }

  add(name: string): void {
    this.write([...this.names.filter((one) => one !== name), name].slice(-MOST_NAMES));
  }

  remove(name: string): void {
    if (this.has(name)) this.write(this.names.filter((one) => one !== name));
  }

  forget(): void {
    this.write([]);
  }

  private write(names: readonly string[]): void {
    this.names = names;
    try {
      if (names.length === 0) localStorage.removeItem(this.key);
      else localStorage.setItem(this.key, JSON.stringify(names));
    } catch {
      // What the browser refuses to keep lasts as long as the page.
    }
  }
}

function read(key: string): readonly string[] {
  try {
    const names: unknown = JSON.parse(localStorage.getItem(key) ?? '[]');
    return Array.isArray(names) ? names.filter((name) => typeof name === 'string') : [];
  } catch {
    return [];
  }
}
