import { describe, expect, it } from 'vitest';
import { unmetOptions } from './kernel';

describe('unmetOptions', () => {
  it('lists what the configuration does not have as the fragment asks', () => {
    const fragment = 'CONFIG_A=y\n# why\nCONFIG_B=n\nCONFIG_C=14\nCONFIG_D=n\nCONFIG_E=y\n';
    const config = 'CONFIG_A=y\n# CONFIG_B is not set\nCONFIG_C=17\nCONFIG_D=y\nCONFIG_EE=y\n';
    expect(unmetOptions(fragment, config)).toEqual(['CONFIG_C=14', 'CONFIG_D=n', 'CONFIG_E=y']);
  });
});
