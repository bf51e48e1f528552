import { describe, expect, it } from 'vitest';
import { parsePresence } from './presence';

const PEER = {
  id: 'p1',
  role: 'viewer',
  via: 'postgres',
  address: '127.0.0.1',
  client: 'psql',
  connectedAt: 5,
};

describe('parsePresence', () => {
  it('reads a line of a peers stream', () => {
    const line = JSON.stringify({ hostOnline: true, peers: [PEER] });
    expect(parsePresence(line)).toEqual({ hostOnline: true, peers: [PEER] });
  });

  it.each([
    'not json',
    'null',
    '[]',
    '{"hostOnline":1,"peers":[]}',
    JSON.stringify({ hostOnline: true, peers: [{ ...PEER, role: 'root' }] }),
    JSON.stringify({ hostOnline: true, peers: [{ ...PEER, address: undefined }] }),
  ])('ignores %s', (line) => {
    expect(parsePresence(line)).toBeUndefined();
  });
});
