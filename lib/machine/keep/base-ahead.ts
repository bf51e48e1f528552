import type { BaseRef } from '../../snapshot/types';
import type { Base } from './base';

/** A base state that is fetched before it is certain that it is needed. */
export class BaseAhead {
  #fetching: { readonly sha256: string; readonly base: Promise<Base> } | undefined;

  /** `base` is on its way; what fails is told to whoever takes it. */
  begin({ sha256 }: BaseRef, base: Promise<Base>): void {
    base.catch(() => {});
    this.#fetching = { sha256, base };
  }

  /** The base that was fetched ahead, if it is this one; forgotten here in any case, since it is large. */
  take({ sha256 }: BaseRef): Promise<Base> | undefined {
    const fetching = this.#fetching;
    this.#fetching = undefined;
    return fetching?.sha256 === sha256 ? fetching.base : undefined;
  }
}
