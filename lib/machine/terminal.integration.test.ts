import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ascii } from '../mux/testing';
import { Machine } from './machine';
import { TerminalAttachment, type TerminalEnd, terminalMetadata } from './terminal';
import { listTerminals } from './terminal-list';
import { terminalFor } from './terminal-policy';
import { psqlAs, shellAs, type TerminalProgram } from './terminal-programs';
import { builtImage, v86Wasm } from './testing/image';

/** Real emulator, real image: that what the page opens is there, and is who it says. */
describe('a terminal in the machine', () => {
  let machine: Machine;
  let opened = 0;
  beforeAll(async () => {
    const wasm = await v86Wasm();
    machine = new Machine({ source: builtImage, wasm: async () => wasm, events: {} });
    await machine.start({ memoryMb: 256 });
  });
  afterAll(() => machine?.stop());

  const start = (program: TerminalProgram) => {
    opened += 1;
    const size = { cols: 100, rows: 30 };
    return attach(terminalMetadata({ terminal: `tp${opened}`, ...program, size }));
  };
  const attach = (metadata: ReturnType<typeof terminalMetadata>) =>
    new Shown((listener) => new TerminalAttachment(machine.open(metadata), listener));

  it('psql starts connected as the owner, and ends with its exit code', async () => {
    const psql = start(psqlAs('owner'));
    await psql.shows(/postgres=# /);
    psql.type("select current_user || '!' as who;\r");
    await psql.shows(/owner!/);
    psql.type('\\! pwd; stty size; tty\r');
    await psql.shows(/\/files\r\n30 100\r\n\/dev\/pts\/\d/);
    psql.type('select repeat(chr(228), 3), i from generate_series(1, 200) i;\r');
    // Longer than the screen: the pager has it until it is told to go.
    await psql.shows(/äää[\s\S]*standard input/);
    psql.type('q');
    await psql.shows(/postgres=# /);
    psql.type('\\q\r');
    expect(await psql.ended).toEqual({ kind: 'exit', exitCode: 0 });
  });

  it('psql of an editor is connected as editor, whatever was asked for', async () => {
    const decision = terminalFor(
      'editor',
      [
        ['kind', 'pty'],
        ['link', 'abcd1234'],
        ['terminal', 'tr1'],
        ['arg', 'sh'],
        ['user', 'root'],
      ],
      true,
    );
    if (decision.kind !== 'open') throw new Error(decision.text);
    const psql = attach(decision.metadata);
    await psql.shows(/postgres=> /);
    psql.type("select current_user || '!' as who;\r");
    await psql.shows(/editor!/);
    const list = await listTerminals((metadata) => machine.open(metadata));
    expect(list).toMatchObject([{ terminal: 'eabcd1234tr1', command: 'psql', attached: true }]);
    psql.type('\x04');
    expect(await psql.ended).toEqual({ kind: 'exit', exitCode: 0 });
  });

  it.each(['postgres', 'root'] as const)(
    'a shell of %s is one, with psql in reach',
    async (user) => {
      const shell = start(shellAs(user));
      await shell.shows(/[#$] /);
      shell.type('echo "$(id -un) $PWD $HOME $TERM"\r');
      await shell.shows(new RegExp(`\n${user} /files /[a-z/]+ xterm-256color`));
      shell.type('psql -Atc "select \'as \' || current_user"\r');
      await shell.shows(/\nas owner/);
      shell.type('exit 5\r');
      expect(await shell.ended).toEqual({ kind: 'exit', exitCode: 5 });
    },
  );

  it('that was detached goes on, and is repeated to whoever attaches', async () => {
    const before = start(psqlAs('owner'));
    await before.shows(/postgres=# /);
    before.type('begin; select 6 * 7 as answer;\r');
    await before.shows(/42\r\n[\s\S]*postgres=\*# /);
    before.detach();
    const after = attach([
      ['kind', 'pty'],
      ['terminal', `tp${opened}`],
    ]);
    await after.shows(/42\r\n[\s\S]*postgres=\*# /);
    after.hangUp();
    expect(await after.ended).toMatchObject({ kind: 'exit' });
    expect(await listTerminals((metadata) => machine.open(metadata))).toEqual([]);
  });
});

/** What a terminal has shown, and what is typed into it. */
class Shown {
  readonly ended: Promise<TerminalEnd>;
  #attachment: TerminalAttachment;
  #text = '';
  #wake: () => void = () => {};

  constructor(
    attach: (listener: ConstructorParameters<typeof TerminalAttachment>[1]) => TerminalAttachment,
  ) {
    let end: (end: TerminalEnd) => void = () => {};
    this.ended = new Promise((resolve) => {
      end = resolve;
    });
    const decoder = new TextDecoder();
    this.#attachment = attach({
      opened: () => {},
      output: (bytes, done) => {
        this.#text += decoder.decode(bytes, { stream: true });
        done();
        this.#wake();
      },
      ended: (how) => {
        this.#text += `[${how.kind}]`;
        this.#wake();
        end(how);
      },
    });
  }

  type(text: string): void {
    this.#attachment.type(ascii(text));
  }

  hangUp(): void {
    this.#attachment.hangUp();
  }

  detach(): void {
    this.#attachment.detach();
  }

  /** Waits for it, and forgets what came before. */
  async shows(pattern: RegExp): Promise<void> {
    for (;;) {
      const found = pattern.exec(this.#text);
      if (found) {
        this.#text = this.#text.slice(found.index + found[0].length);
        return;
      }
      if (/\[\w+\]$/.test(this.#text)) throw new Error(`${pattern} never came: ${this.#text}`);
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }
}
