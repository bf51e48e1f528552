import { describe, expect, it } from 'vitest';
import { summarizeCopyright } from './licenses';

describe('summarizeCopyright', () => {
  it('names each licence once, sorted, without their texts', () => {
    const text =
      'Files: *\nLicense: LGPL-2.1\n text of it\n\nFiles: x\nLicense: BSD-3-clause\n\nLicense: LGPL-2.1\n more\n';
    expect(summarizeCopyright(text)).toBe('BSD-3-clause, LGPL-2.1');
  });

  it('points to the file when it is free text', () => {
    expect(summarizeCopyright('This package was debianized by …')).toBe('see its copyright file');
  });
});
