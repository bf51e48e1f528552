import { Readable } from 'node:stream';
import {
  CreateBucketCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { ObjectStoreError } from './errors';
import { exactly } from './exactly';
import { checkKey, checkPrefix } from './keys';
import type { ListedObject, ObjectStore } from './types';

export interface S3Settings {
  readonly endpoint: string;
  readonly bucket: string;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** One operation with its repetitions: a chunk of 1 MB over a slow line, or a store that is restarting. */
const OPERATION_MS = 30_000;
const CONNECT_MS = 5_000;

/** What fails is told by an error; without this the client writes to the console, too. */
const SILENT = { debug() {}, info() {}, warn() {}, error() {} };

/** Objects in a bucket of any S3 server. */
export class S3Store implements ObjectStore {
  readonly #client: S3Client;
  readonly #bucket: string;

  constructor({ endpoint, bucket, region, accessKeyId, secretAccessKey }: S3Settings) {
    this.#bucket = bucket;
    this.#client = new S3Client({
      endpoint,
      region,
      credentials: { accessKeyId, secretAccessKey },
      // A bucket as a host name needs DNS and certificates that servers other than Amazon's rarely have.
      forcePathStyle: true,
      // The newer checksums are unknown to many servers; a snapshot's chunks prove themselves.
      requestChecksumCalculation: 'WHEN_REQUIRED',
      responseChecksumValidation: 'WHEN_REQUIRED',
      requestHandler: { connectionTimeout: CONNECT_MS },
      logger: SILENT,
    });
  }

  /** Makes the bucket when it is not there. */
  async prepare(): Promise<void> {
    const Bucket = this.#bucket;
    const isThere = await this.#send((abortSignal) =>
      this.#client.send(new HeadBucketCommand({ Bucket }), { abortSignal }),
    );
    if (isThere) return;
    await this.#send((abortSignal) =>
      this.#client.send(new CreateBucketCommand({ Bucket }), { abortSignal }),
    );
  }

  async put(Key: string, body: Uint8Array | AsyncIterable<Uint8Array>, length: number) {
    checkKey(Key);
    const failed = new AbortController();
    let fault: unknown;
    // Checked on the way: a body that is longer than announced would spoil the connection for the next request.
    const checked = Readable.from(exactly(body, length), { objectMode: false });
    checked.once('error', (error) => {
      fault = error;
      failed.abort();
    });
    const Body = body instanceof Uint8Array && body.length === length ? body : checked;
    const put = new PutObjectCommand({
      Bucket: this.#bucket,
      Key,
      Body,
      ContentLength: length,
      ContentType: 'application/octet-stream',
    });
    try {
      await this.#send((timeout) =>
        this.#client.send(put, { abortSignal: AbortSignal.any([timeout, failed.signal]) }),
      );
    } catch (error) {
      throw fault ?? error;
    } finally {
      checked.destroy();
    }
  }

  async get(Key: string) {
    checkKey(Key);
    const answer = await this.#send((abortSignal) =>
      this.#client.send(new GetObjectCommand({ Bucket: this.#bucket, Key }), { abortSignal }),
    );
    if (!answer) return undefined;
    return { length: answer.ContentLength ?? 0, body: answer.Body as Readable };
  }

  async head(Key: string) {
    checkKey(Key);
    const answer = await this.#send((abortSignal) =>
      this.#client.send(new HeadObjectCommand({ Bucket: this.#bucket, Key }), { abortSignal }),
    );
    if (!answer) return undefined;
    return { length: answer.ContentLength ?? 0, modifiedAt: answer.LastModified?.getTime() ?? 0 };
  }

  async delete(Key: string) {
    checkKey(Key);
    await this.#send((abortSignal) =>
      this.#client.send(new DeleteObjectCommand({ Bucket: this.#bucket, Key }), { abortSignal }),
    );
  }

  async deletePrefix(prefix: string) {
    for await (const page of this.#pages(prefix)) {
      if (page.length === 0) continue;
      const Delete = { Objects: page.map(({ key }) => ({ Key: key })), Quiet: true };
      const answer = await this.#send((abortSignal) =>
        this.#client.send(new DeleteObjectsCommand({ Bucket: this.#bucket, Delete }), {
          abortSignal,
        }),
      );
      const [refused] = answer?.Errors ?? [];
      if (refused) throw unavailable(refused.Code ?? 'an error');
    }
  }

  async *list(prefix: string): AsyncGenerator<ListedObject, void, undefined> {
    for await (const page of this.#pages(prefix)) yield* page;
  }

  async room() {
    return undefined;
  }

  close() {
    this.#client.destroy();
  }

  /** S3 lists a thousand at a time. */
  async *#pages(prefix: string): AsyncGenerator<readonly ListedObject[], void, undefined> {
    checkPrefix(prefix);
    let ContinuationToken: string | undefined;
    do {
      const command = new ListObjectsV2Command({
        Bucket: this.#bucket,
        Prefix: prefix,
        ContinuationToken,
      });
      const answer = await this.#send((abortSignal) => this.#client.send(command, { abortSignal }));
      yield (answer?.Contents ?? []).map(({ Key = '', Size = 0, LastModified }) => ({
        key: Key,
        length: Size,
        modifiedAt: LastModified?.getTime() ?? 0,
      }));
      ContinuationToken = answer?.IsTruncated ? answer.NextContinuationToken : undefined;
    } while (ContinuationToken !== undefined);
  }

  /** Undefined when what is asked for is not there; all other failures say that the store is unavailable. */
  async #send<T>(operation: (timeout: AbortSignal) => Promise<T>): Promise<T | undefined> {
    try {
      return await operation(AbortSignal.timeout(OPERATION_MS));
    } catch (error) {
      const { name, $metadata } = error as {
        name: string;
        $metadata?: { httpStatusCode?: number };
      };
      if (name === 'NotFound' || name === 'NoSuchKey') return undefined;
      throw unavailable(name, $metadata?.httpStatusCode);
    }
  }
}

function unavailable(name: string, status?: number): S3StoreError {
  return new S3StoreError(name, status);
}

/** What the S3 server answered, by its own name of the error. */
export class S3StoreError extends ObjectStoreError {
  /** @param status of HTTP; undefined when no answer came */
  constructor(
    name: string,
    readonly status: number | undefined,
  ) {
    super('store-unavailable', `The S3 server answers ${name}${status ? ` (${status})` : ''}.`);
  }
}
