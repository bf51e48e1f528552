import { execFile } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import type { S3Settings } from '../s3-store';
import { CephProgram } from './ceph-program';

const run = promisify(execFile);

/** Programs that ask the cluster wait for it themselves; this is when we stop waiting for them. */
const ASK_MS = 60_000;
const POLL_MS = 50;

/**
 * A real S3 server of one's own: Ceph's object gateway over a cluster of one monitor and one disk in memory, in a
 * temporary folder, on free ports of 127.0.0.1. Needs Debian's packages radosgw, ceph-mon and ceph-osd.
 */
export class RadosGateway {
  readonly settings: S3Settings;
  readonly #folder: string;
  /** In the order in which they were started: each needs those before it. */
  readonly #programs: readonly CephProgram[];

  private constructor(settings: S3Settings, folder: string, programs: readonly CephProgram[]) {
    this.settings = settings;
    this.#folder = folder;
    this.#programs = programs;
  }

  /** Starts it and waits until it answers: about 12 s. The bucket is not made. */
  static async start(): Promise<RadosGateway> {
    const folder = await mkdtemp(path.join(tmpdir(), 'warren-radosgw-'));
    const programs: CephProgram[] = [];
    try {
      const settings = await startCluster(folder, programs);
      return new RadosGateway(settings, folder, programs);
    } catch (error) {
      await endAll(folder, programs);
      throw error;
    }
  }

  async stop(): Promise<void> {
    await endAll(this.#folder, this.#programs);
  }
}

async function endAll(folder: string, programs: readonly CephProgram[]): Promise<void> {
  for (const program of [...programs].reverse()) await program.stop();
  await rm(folder, { recursive: true, force: true });
}

async function startCluster(folder: string, programs: CephProgram[]): Promise<S3Settings> {
  const [monitorPort, gatewayPort] = [await freePort(), await freePort()];
  const cluster = randomUUID();
  const conf = path.join(folder, 'ceph.conf');
  await writeFile(conf, configuration({ folder, cluster, monitorPort, gatewayPort }));
  for (const name of ['monitor', 'disk', 'gateway']) await mkdir(path.join(folder, name));
  const ask = async (program: string, args: readonly string[]) =>
    await run(program, ['--conf', conf, ...args], { timeout: ASK_MS });
  const start = (program: string, args: readonly string[]) =>
    programs.push(CephProgram.start(program, ['--conf', conf, ...args], folder));

  await makeKeys(path.join(folder, 'keyring'));
  const map = path.join(folder, 'monitors');
  const monitor = ['--addv', 'a', `[v2:127.0.0.1:${monitorPort}]`];
  await run('monmaptool', ['--create', '--fsid', cluster, ...monitor, map]);
  await ask('ceph-mon', ['--id', 'a', '--mkfs', '--monmap', map]);
  start('ceph-mon', ['--id', 'a', '--foreground']);

  const disk = randomUUID();
  await ask('ceph', ['--connect-timeout', String(ASK_MS / 1000), 'osd', 'new', disk]);
  await ask('ceph-osd', ['--id', '0', '--mkfs', '--osd-uuid', disk]);
  start('ceph-osd', ['--id', '0', '--foreground']);

  const accessKeyId = randomBytes(10).toString('hex');
  const secretAccessKey = randomBytes(20).toString('hex');
  const keys = ['--access-key', accessKeyId, '--secret-key', secretAccessKey];
  await ask('radosgw-admin', ['user', 'create', '--uid=warren', '--display-name=warren', ...keys]);
  start('radosgw', ['--name', 'client.admin', '--foreground']);
  const endpoint = `http://127.0.0.1:${gatewayPort}`;
  await answers(endpoint, programs);
  return { endpoint, bucket: 'warren-test', region: 'us-east-1', accessKeyId, secretAccessKey };
}

/** The monitor takes all of these over when its store is made, so nobody has to be added later. */
async function makeKeys(keyring: string): Promise<void> {
  const key = async (name: string, ...caps: readonly string[]) =>
    await run('ceph-authtool', [keyring, '--gen-key', '--name', name, ...caps]);
  await run('ceph-authtool', ['--create-keyring', keyring]);
  await key('mon.', '--cap', 'mon', 'allow *');
  await key('client.admin', '--cap', 'mon', 'allow *', '--cap', 'osd', 'allow *');
  await key('osd.0', '--cap', 'mon', 'allow profile osd', '--cap', 'osd', 'allow *');
}

async function answers(endpoint: string, programs: readonly CephProgram[]): Promise<void> {
  const deadline = Date.now() + ASK_MS;
  for (;;) {
    const isUp = await fetch(endpoint).then(
      ({ ok }) => ok,
      () => false,
    );
    if (isUp) return;
    const dead = programs.find((program) => program.hasEnded);
    if (dead || Date.now() > deadline) {
      throw new Error(
        `The S3 server does not answer.\n${await (dead ?? programs.at(-1))?.output()}`,
      );
    }
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

interface ClusterPlan {
  readonly folder: string;
  readonly cluster: string;
  readonly monitorPort: number;
  readonly gatewayPort: number;
}

/** One copy of everything, kept in memory; programs stay in the foreground and keep to the folder. */
function configuration({ folder, cluster, monitorPort, gatewayPort }: ClusterPlan): string {
  return `[global]
fsid = ${cluster}
mon host = v2:127.0.0.1:${monitorPort}
public addr = 127.0.0.1
ms bind ipv6 = false
auth cluster required = cephx
auth service required = cephx
auth client required = cephx
keyring = ${folder}/keyring
run dir = ${folder}
mon data = ${folder}/monitor
osd data = ${folder}/disk
rgw data = ${folder}/gateway
log file =
log to stderr = true
debug rocksdb = 0
admin socket =
pid file =
mon allow pool size one = true
osd pool default size = 1
osd pool default min size = 1
osd pool default pg num = 1
osd pool default pgp num = 1
osd crush chooseleaf type = 0
osd objectstore = memstore
memstore device bytes = 4294967296
rgw frontends = beast endpoint=127.0.0.1:${gatewayPort}
`;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no free port');
  return address.port;
}
