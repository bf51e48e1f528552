import { giveHeadStart } from '@/lib/machine/head-start';
import { DEFAULT_MEMORY_MB } from '@/lib/machine/types';
import { findPlayground } from '../playgrounds/store';
import { hostLock, PLAYGROUND_PATH } from './places';

/**
 * A script of its own at the top of a playground's page: starts the machine of a playground that this browser
 * owns while the page's code, ten times its size, is still being fetched. Whoever came by a link, or has the
 * playground open in another tab, gets no machine.
 */
const playground = PLAYGROUND_PATH.exec(location.pathname)?.[1];
const owned = playground && location.hash.length < 2 ? findPlayground(playground) : undefined;
if (owned) {
  const isOurs = ({ name }: LockInfo) => name === hostLock(owned.id);
  void navigator.locks?.query().then(({ held }) => {
    if (!held?.some(isOurs)) giveHeadStart(owned.memoryMb ?? DEFAULT_MEMORY_MB, 'first', owned.id);
  });
}
