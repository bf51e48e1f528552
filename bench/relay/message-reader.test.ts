import { expect, it } from 'vitest';
import { encodeCopyData, encodeCopyDone, encodeQuery } from '../../lib/postgres/frontend-encoders';
import { MessageReader } from './message-reader';

it('finds the messages wherever they are cut', () => {
  const bytes = Uint8Array.from([
    ...encodeQuery('source 12'),
    ...encodeCopyData(new Uint8Array(7)),
    ...encodeCopyDone(),
    ...encodeQuery('sink'),
  ]);
  for (let cut = 0; cut <= bytes.length; cut++) {
    const seen: string[] = [];
    const reader = new MessageReader(
      (type) => type === 'Q',
      (type, body) => seen.push(`${type} ${new TextDecoder().decode(body)}`),
    );
    reader.push(bytes.slice(0, cut));
    reader.push(bytes.slice(cut));
    expect(seen).toEqual(['Q source 12\0', 'd ', 'c ', 'Q sink\0']);
  }
});
