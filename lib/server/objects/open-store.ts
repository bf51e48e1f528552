import { ConfigError } from '../config-error';
import type { ObjectStoreChoice } from '../config-snapshots';
import type { Log } from '../log';
import { FolderStore } from './folder-store';
import type { ObjectStore } from './types';

/**
 * Opens the store the configuration names. An S3 server that refuses us is a fault of the configuration; one that does
 * not answer may come back, and all but snapshots works without it.
 */
export async function openObjectStore(choice: ObjectStoreChoice, log: Log): Promise<ObjectStore> {
  if (choice.kind === 'folder') return await FolderStore.open(choice.path);
  // Loaded only where it is used: the client is a large library.
  const { S3Store, S3StoreError } = await import('./s3-store');
  const store = new S3Store(choice);
  await store.prepare().catch((error: unknown) => {
    const status = error instanceof S3StoreError ? error.status : undefined;
    if (status !== undefined && status >= 400 && status < 500) {
      store.close();
      throw new ConfigError(
        `The bucket S3_BUCKET at S3_ENDPOINT cannot be used with S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY: ${(error as Error).message}`,
      );
    }
    log.error({ err: error }, 'the object store does not answer; snapshots have to wait for it');
  });
  return store;
}
