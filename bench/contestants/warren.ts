import type { Plan } from '../plan';
import { launchBrowser } from '../support/browser';
import { orCleanup } from '../support/cleanup';
import { openWarrenPage } from '../support/warren-page';
import type { WarrenServer } from '../support/warren-server';
import { openNodePostgres } from '../workload/node-postgres';
import { Runner } from '../workload/runner';
import type { Contestant, Entrant } from './contestant';
import { pageMemoryMb, stageReady, stageWay } from './stage-way';

/** One machine in a page, reached in that page, from another browser over the relay, and through the port. */
export function warrenEntrant(server: WarrenServer, plan: Plan): Entrant {
  return {
    subjects: ['warren-page', 'warren-peer', 'warren-port'],
    open: () => openWarren(server, plan),
  };
}

function openWarren(server: WarrenServer, plan: Plan): Promise<Contestant> {
  return orCleanup(async (cleanup) => {
    const credentials = await server.createPlayground();
    const hostBrowser = await launchBrowser(cleanup);
    const host = await hostBrowser.newPage({ bypassCSP: true });
    await openWarrenPage(host, server, 'warren-host', credentials);
    await stageReady(host, plan);
    await host.evaluate(() => stage.prepare());

    // A browser of its own, so that its memory is not the host's.
    const peerBrowser = await launchBrowser(cleanup);
    const peer = await peerBrowser.newPage({ bypassCSP: true });
    await openWarrenPage(peer, server, 'warren-peer', credentials);
    await stageReady(peer, plan);

    const port = new Runner(() => openNodePostgres(server.pgConfig(credentials)), plan);
    cleanup.add(() => port.close());
    return {
      ways: [
        stageWay('warren-page', host, plan),
        stageWay('warren-peer', peer, plan),
        { subject: 'warren-port', run: (step) => port.run(step) },
      ],
      memoryMb: () => pageMemoryMb(hostBrowser),
      close: () => cleanup.run(),
    };
  });
}
