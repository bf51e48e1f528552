import { TerminalAttachment, type TerminalSize } from '@/lib/machine/terminal';
import { listTerminals, type TerminalEntry } from '@/lib/machine/terminal-list';
import { ResetError } from '@/lib/mux/reset-error';
import { Cell, type Readable } from '../state/cell';
import type { OwnTerminals } from './own-terminals';
import { reconcile } from './reconcile';
import { labelOf, newTerminalName, type ProgramKind } from './terminal-names';
import type { TerminalReach } from './terminal-reach';
import { type Origin, type Screen, TerminalTab } from './terminal-tab';

/** Between looks at a machine that cannot be asked: doubles from the first to the last. */
const FIRST_RETRY_MS = 500;
const LAST_RETRY_MS = 10_000;

/** What the page knows of the machine's terminals. */
export type Listing =
  | { readonly kind: 'asking' }
  /** Of editors' terminals it tells the owner how many there are. */
  | { readonly kind: 'known'; readonly editors: readonly TerminalEntry[] }
  | { readonly kind: 'refused'; readonly text: string };

interface DeskOptions<S extends Screen> {
  readonly reach: Readable<TerminalReach>;
  readonly own: OwnTerminals;
  /** The page shows all terminals of the machine, not only those it has opened itself. */
  readonly showsAll: () => boolean;
  /** @param name what people call it, e.g. `Terminal 1: psql` */
  readonly makeScreen: (name: string, size: TerminalSize | undefined) => S;
}

/** The terminals of a page. Lives outside React: they go on while nobody looks at them. */
export class TerminalDesk<S extends Screen = Screen> {
  readonly tabs: Readable<readonly TerminalTab<S>[]>;
  readonly chosen: Readable<TerminalTab<S> | undefined>;
  readonly listing: Readable<Listing>;
  readonly reach: Readable<TerminalReach>;
  private readonly options: DeskOptions<S>;
  private readonly shown = new Cell<readonly TerminalTab<S>[]>([]);
  private readonly current = new Cell<TerminalTab<S> | undefined>(undefined);
  private readonly known = new Cell<Listing>({ kind: 'asking' });
  /** Closed on this page while they went on elsewhere: not shown again. */
  private readonly dismissed = new Set<string>();
  private opened = 0;
  /** Counts looks, so that what a late one brings is ignored. */
  private look = 0;
  private retryMs = FIRST_RETRY_MS;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: DeskOptions<S>) {
    this.options = options;
    this.tabs = this.shown;
    this.chosen = this.current;
    this.listing = this.known;
    this.reach = options.reach;
    this.reach.subscribe(() => {
      this.retryMs = FIRST_RETRY_MS;
      void this.refresh();
    });
    void this.refresh();
  }

  /** A new terminal, in front. Does nothing while the machine cannot be reached. */
  openNew(kind: ProgramKind): void {
    const reach = this.reach.get();
    if (reach.kind !== 'open') return;
    const terminal = newTerminalName(kind);
    this.options.own.add(terminal);
    const tab = this.add({ terminal, command: '' }, 'new');
    this.current.set(tab);
    tab.attach(reach.open);
  }

  choose(tab: TerminalTab<S>): void {
    this.current.set(tab);
  }

  /** Attaches again: takes back what another page has taken, starts anew what has gone or was refused. */
  attach(tab: TerminalTab<S>): void {
    const reach = this.reach.get();
    if (reach.kind === 'open') tab.attach(reach.open);
  }

  /** Ends a terminal's program and takes its tab away; what another page is attached to goes on there. */
  close(tab: TerminalTab<S>): void {
    const tabs = this.shown.get();
    const at = tabs.indexOf(tab);
    if (at < 0) return;
    this.dismissed.add(tab.name);
    this.options.own.remove(tab.name);
    tab.close();
    const left = tabs.filter((one) => one !== tab);
    this.shown.set(left);
    if (this.current.get() === tab) this.current.set(left[Math.min(at, left.length - 1)]);
  }

  /** Ends the programs in editors' terminals. */
  endEditors(): void {
    const reach = this.reach.get();
    const listing = this.known.get();
    if (reach.kind !== 'open' || listing.kind !== 'known') return;
    for (const { terminal } of listing.editors) {
      const stream = reach.open([
        ['kind', 'pty'],
        ['terminal', terminal],
      ]);
      const attachment = new TerminalAttachment(stream, {
        opened: () => attachment.hangUp(),
        output: (_, done) => done(),
        ended: () => void this.refresh(),
      });
    }
  }

  /** Asks the machine for its terminals, and brings the tabs in line with them. */
  async refresh(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.look += 1;
    const { look } = this;
    const reach = this.reach.get();
    if (reach.kind !== 'open') {
      this.known.set({ kind: 'asking' });
      return;
    }
    try {
      const list = await listTerminals(reach.open);
      if (look === this.look) this.take(list, reach);
    } catch (error) {
      if (look !== this.look) return;
      const { code, text } = error instanceof ResetError ? error.reason : INTERNAL;
      if (code === 'refused' || code === 'unknown-kind') this.known.set({ kind: 'refused', text });
      else this.refreshLater();
    }
  }

  private take(
    list: readonly TerminalEntry[],
    { open }: Extract<TerminalReach, { kind: 'open' }>,
  ): void {
    const { own, showsAll } = this.options;
    const isOurs = ({ terminal }: TerminalEntry) =>
      (showsAll() || own.has(terminal)) && !this.dismissed.has(terminal);
    const changes = reconcile(this.shown.get().map(viewOf), list, isOurs);
    const named = (names: readonly string[]) =>
      this.shown.get().filter(({ name }) => names.includes(name));
    for (const tab of named(changes.gone)) tab.vanish();
    for (const tab of named(changes.attach)) tab.attach(open);
    for (const entry of changes.add) {
      const tab = this.add(entry, entry.attached ? 'elsewhere' : 'found');
      if (!entry.attached) tab.attach(open);
    }
    this.known.set({ kind: 'known', editors: changes.editors });
    this.current.set(this.current.get() ?? this.shown.get()[0]);
  }

  private add(entry: Pick<TerminalEntry, 'terminal' | 'command'>, origin: Origin): TerminalTab<S> {
    this.opened += 1;
    const label = labelOf(entry);
    const size = this.current.get()?.screen.size;
    const screen = this.options.makeScreen(`Terminal ${this.opened}: ${label}`, size);
    const tab: TerminalTab<S> = new TerminalTab(
      entry.terminal,
      label,
      this.opened,
      screen,
      {
        opened: () => {
          this.retryMs = FIRST_RETRY_MS;
        },
        lost: () => this.refreshLater(),
        ended: () => this.options.own.remove(entry.terminal),
        dismissed: () => this.close(tab),
      },
      origin,
    );
    this.shown.set([...this.shown.get(), tab]);
    return tab;
  }

  private refreshLater(): void {
    // A list on its way may be older than what was just lost.
    this.look += 1;
    if (this.timer !== undefined) return;
    this.timer = setTimeout(() => void this.refresh(), this.retryMs);
    this.retryMs = Math.min(LAST_RETRY_MS, this.retryMs * 2);
  }
}

const INTERNAL = { code: 'internal', text: '' } as const;

function viewOf({ name, state, wasOpen }: TerminalTab) {
  return { name, state: state.get(), wasOpen };
}
