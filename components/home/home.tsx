import { TEMPLATES } from '@/lib/notebook/templates';
import { SnapshotDrop } from '../snapshot/snapshot-drop';
import { Logo } from '../ui/logo';
import { ThemeToggle } from '../ui/theme-toggle';
import { NewPlayground } from './new-playground';
import { PlaygroundList } from './playground-list';

const FACTS = [
  {
    title: 'It is PostgreSQL',
    text: 'The server itself with its extensions, on a small Linux machine that boots in your tab. Not a dialect of it.',
  },
  {
    title: 'A link reaches it',
    text: 'Colleagues open the link, or paste its connection string into psql or any Postgres client. You choose who may write.',
  },
  {
    title: 'It lives in your browser',
    text: 'The database runs in your tab and is kept on your computer. Opened again, it continues where it was; while the tab is closed, nobody reaches it.',
  },
];

/** Taken apart here, on the server: the browser need not load what the templates hold. */
const STARTING_POINTS = TEMPLATES.map(({ id, name, description }) => ({ id, name, description }));

export function Home() {
  return (
    <div className="mx-auto flex min-h-dvh max-w-3xl flex-col px-5 pb-16">
      <header className="flex items-center gap-2.5 py-4">
        <Logo className="size-8" />
        <span className="text-lg font-semibold tracking-tight">Warren</span>
        <span className="ml-auto">
          <ThemeToggle />
        </span>
      </header>
      <main id="main" tabIndex={-1} className="outline-none">
        <section className="pt-10 pb-12 sm:pt-16">
          <h1 className="max-w-[22ch] text-3xl font-semibold tracking-tight text-balance sm:text-[2.6rem] sm:leading-[1.15]">
            A real PostgreSQL 17 in your browser tab, and a link that shares it.
          </h1>
          <div className="mt-7">
            <NewPlayground points={STARTING_POINTS} />
          </div>
        </section>
        <PlaygroundList />
        <ul className="mt-14 grid gap-x-8 gap-y-6 border-line border-t pt-8 sm:grid-cols-3">
          {FACTS.map((fact) => (
            <li key={fact.title}>
              <h2 className="font-semibold">{fact.title}</h2>
              <p className="mt-1 text-pretty text-muted text-sm">{fact.text}</p>
            </li>
          ))}
        </ul>
      </main>
      <SnapshotDrop isAlone />
    </div>
  );
}
