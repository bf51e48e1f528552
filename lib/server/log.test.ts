import { describe, expect, it } from 'vitest';
import { createLog } from './log';

describe('the log', () => {
  it('cuts what could let somebody in', () => {
    const lines: string[] = [];
    const log = createLog('info', { write: (line: string) => void lines.push(line) });
    log.info(
      {
        secret: 'AAA',
        link: { secret: 'AAA', verifier: 'AAA' },
        headers: { authorization: 'AAA', cookie: 'AAA', 'sec-websocket-protocol': 'AAA' },
      },
      'request',
    );
    expect(lines).toHaveLength(1);
    expect(lines[0]).not.toContain('AAA');
  });
});
