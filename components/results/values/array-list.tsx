import type { ArrayItem, ArrayText } from '@/lib/postgres/array-text';
import { plural } from '../../ui/format';
import { shownText } from '../formats/shown-text';
import { NullMark } from '../null-mark';
import { ShowMore } from './show-more';

interface ArrayListProps {
  array: ArrayText;
  areBooleans: boolean;
}

/** An array's elements, numbered as SQL numbers them. */
export function ArrayList({ array, areBooleans }: ArrayListProps) {
  if (array.items.length === 0) return <p className="text-muted">An array without elements</p>;
  return (
    <ol
      start={array.first}
      className="ml-10 list-decimal marker:text-muted marker:text-xs"
      aria-label={plural(array.items.length, 'element')}
    >
      <ShowMore items={array.items}>
        {(item, index) => (
          <li key={index} className="whitespace-pre-wrap break-words pl-1">
            <Item item={item} areBooleans={areBooleans} />
          </li>
        )}
      </ShowMore>
    </ol>
  );
}

function Item({ item, areBooleans }: { item: ArrayItem; areBooleans: boolean }) {
  if (item === null) return <NullMark />;
  if (typeof item === 'object') return <ArrayList array={item} areBooleans={areBooleans} />;
  return item === '' ? <span className="text-muted">''</span> : shownText(item, areBooleans);
}
