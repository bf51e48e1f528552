/** A setting is wrong. The message names the variable and what it should be, never its value. */
export class ConfigError extends Error {
  override name = 'ConfigError';

  /** @param faults one sentence each, beginning with the variable's name */
  static of(faults: readonly string[]): ConfigError {
    return new ConfigError(
      `The configuration has faults:\n${faults.map((fault) => `  ${fault}`).join('\n')}`,
    );
  }
}
