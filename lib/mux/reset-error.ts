import type { Reason } from './reason';

/** A promise about a stream or a link that was reset: carries the reason of rule V2. */
export class ResetError extends Error {
  readonly reason: Reason;

  constructor(reason: Reason) {
    super(reason.text === '' ? reason.code : `${reason.code}: ${reason.text}`);
    this.name = 'ResetError';
    this.reason = reason;
  }
}
