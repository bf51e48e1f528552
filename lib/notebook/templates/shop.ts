import type { CarriedNotebook } from '../carried';
import type { NewCell } from '../cells';
import { SHOP_DATABASE } from './shop-database';
import { type Exercise, SHOP_EXERCISES } from './shop-exercises';

const WELCOME = `# A sample shop

Run the next cell (**Shift+Enter**): it makes the schema \`shop\` with customers, products, orders, their items, and reviews. Run it again to have it fresh.

Then come 20 exercises, from a first \`select\` to query plans. Write your answer below each task. The solutions stand at the end of the notebook.`;

function exerciseCells({ title, task, hint }: Exercise, index: number): NewCell[] {
  return [
    { kind: 'text', text: `## ${index + 1}. ${title}\n\n${task}` },
    { kind: 'sql', text: `-- Hint: ${hint}\n` },
  ];
}

function solutions(): string {
  const blocks = SHOP_EXERCISES.map(
    ({ title, solution }, i) => `### ${i + 1}. ${title}\n\n\`\`\`sql\n${solution}\n\`\`\``,
  );
  return `# Solutions\n\nOther ways may be as good.\n\n${blocks.join('\n\n')}`;
}

/** A shop's database of our own making, and 20 exercises on it. */
export const SHOP: CarriedNotebook = {
  title: 'Sample shop',
  values: new Map(),
  cells: [
    { kind: 'text', text: WELCOME },
    { kind: 'sql', text: SHOP_DATABASE },
    ...SHOP_EXERCISES.flatMap(exerciseCells),
    { kind: 'text', text: solutions() },
  ],
};
