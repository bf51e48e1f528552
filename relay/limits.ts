/**
 * Every limit of the relay in number, size and time, with its unit and reason. Tests shorten the times through
 * `startRelay({ limits })`; nothing else overrides them.
 */
export const LIMITS = {
  /* HTTP */
  /** The largest body of the API is a ticket request of about 100 bytes. */
  jsonBodyMaxBytes: 16 * 1024,
  /** A person presses New playground; a class of 30 behind one address does so within a minute. */
  createsPerAddressPerMinute: 30,
  /** Links of one playground, revoked ones included; enough for a course, small enough to list. */
  linksPerPlayground: 200,
  /** A health check that takes longer than this is an answer too. */
  healthTimeoutMs: 2_000,

  /* Tickets and secrets */
  /** How long failures of an address or a link are remembered. */
  failureWindowSeconds: 900,
  /** A typing error or two costs nothing. */
  failuresFree: 3,
  /** Each further failure doubles the wait before its answer, from here… */
  failureDelayFirstMs: 250,
  /** …to here: long enough against guessing, short enough for the 15 s before authentication. */
  failureDelayMaxMs: 5_000,
  /** Failures of one address that may wait at a time; the next are answered 429 without a wait. */
  failuresWaitingPerAddress: 20,

  /* WebSockets */
  /** All tunnels of the process: about 30 KB each when idle. */
  tunnels: 5_000,
  /** From one address: a lecture hall behind one router. */
  tunnelsPerAddress: 500,
  /** Tunnels and Postgres sessions of one playground; its PostgreSQL takes fewer sessions anyway. */
  peersPerPlayground: 200,
  /** One WebSocket message; we send at most 64 KB and accept any cut, so a few frames more. */
  messageMaxBytes: 256 * 1024,
  /** A frame cut finer than this is not the work of a browser. */
  messageMaxFragments: 1_024,
  /** Credit on each stream of a tunnel: 10 MB/s at 50 ms of round trip; 5 ms of waiting for others at 100 MB/s. */
  windowBytes: 512 * 1024,
  /** Streams a peer's page may have open: its PostgreSQL sessions, cancels, terminals and presence. */
  streamsPerPeer: 64,
  /** Of those, terminals and lists of them: all 16 of a machine (rule T6), and a list now and then. */
  terminalStreamsPerPeer: 20,
  /** Streams on a host's link: all sessions and terminals of all peers, and cancels. The host opens none. */
  streamsPerHost: 1_024,
  /** How often a tunnel is pinged: below the 30–60 s after which proxies and NATs drop what is silent. */
  pingEveryMs: 15_000,
  /** Pings that may go unanswered: one can be lost in a laptop's sleep, two are a dead tunnel. */
  pingsUnanswered: 2,
  /** A tunnel that has not said HELLO by then is not one of ours. */
  helloTimeoutMs: 10_000,
  /** Time for the other side to answer our Close frame before the socket is cut. */
  closeTimeoutMs: 1_000,

  /* Sessions */
  /** How long a new session waits for a host that is away: a page reload takes about two seconds. */
  hostWaitMs: 10_000,
  /** How long the host's machine may take to accept a stream: it may be restoring. */
  hostAcceptMs: 15_000,
  /** A cancel that has not reached PostgreSQL by then is of no use. */
  cancelTimeoutMs: 10_000,

  /* Postgres port */
  /** TCP connections of the process on the Postgres port. */
  pgConnections: 5_000,
  /** Of one address: pools of several programs on one machine. */
  pgConnectionsPerAddress: 500,
  /** Of one address and not yet authenticated: what a guesser or a slow sender can hold. */
  pgUnauthenticatedPerAddress: 100,
  /** From TCP accept to a finished SCRAM exchange. */
  pgAuthenticationMs: 15_000,
  /** TCP keep-alive: finds a client whose machine vanished. */
  pgKeepAliveMs: 30_000,
  /** Sent to a socket and not yet on its way; above it, the tunnel's credit is held back. */
  socketHighWaterBytes: 256 * 1024,
  /** Time for a client to take our last error before its socket is cut; within the second a revocation may take. */
  lingerMs: 500,

  /* Presence */
  /** Changes within this time go out as one line. */
  presenceCoalesceMs: 50,
  /** A line an owner writes: a disconnect of about 40 bytes. */
  presenceLineMaxBytes: 1_024,

  /* Notebooks: connections */
  /** WebSockets to notebooks in the process, apart from tunnels: about 20 KB each when idle. */
  notebookConnections: 5_000,
  /** From one address: a lecture hall behind one router. */
  notebookConnectionsPerAddress: 500,
  /** Of one notebook: a class of 300 with a second tab here and there. */
  notebookConnectionsPerRoom: 500,
  /** Notebooks in memory; each at most its document and what is not yet stored. */
  notebookRooms: 2_000,
  /** One message; larger than an update may be, so that what is too large can be told and not only cut. */
  notebookMessageMaxBytes: 8 * 1024 * 1024,
  /** Messages of one connection: a fast typist makes 30 a second with cursor and selection. */
  notebookMessagesPerSecond: 100,
  /** … and as many at once, after a pause: a held key, a replace in many cells. */
  notebookMessagesBurst: 1_000,
  /** Bytes of changes of one connection: a shared result each second is 256 KB. */
  notebookBytesPerSecond: 2 * 1024 * 1024,
  /** … and as many at once: an import, a restored version. */
  notebookBytesBurst: 32 * 1024 * 1024,
  /** Sent to a page and not yet on its way; a page that reads is never a second behind. */
  notebookUnsentMaxBytes: 4 * 1024 * 1024,
  /** Only the newest place of each person goes out, this often: 20 a second look fluent. */
  notebookAwarenessEveryMs: 50,
  /** Signs of life that tell nothing new go out together; a page forgets a person after 30 s. */
  notebookRenewalEveryMs: 5_000,
  /** What one page tells of itself, as JSON: name, colour, cell, selections. */
  notebookAwarenessMaxBytes: 4 * 1024,

  /* Notebooks: the document */
  /** One update: a notebook of 200 cells with 2 MB of results is forked and brought in at once. */
  notebookUpdateMaxBytes: 4 * 1024 * 1024,
  /** The whole document, encoded. What pages open in about a second. */
  notebookDocumentMaxBytes: 16 * 1024 * 1024,
  /** Deletions are taken above the limit too, up to this much, so that a full notebook can be emptied. */
  notebookDeletionRoomBytes: 1024 * 1024,
  /** How often the exact length of a document is found out at most: encoding 16 MB takes a tenth of a second. */
  notebookMeasureEveryMs: 10_000,
  /** Updates that wait for others before them: what somebody types before a long absence is brought in. */
  notebookPendingMaxBytes: 1024 * 1024,
  /** How long a notebook stays in memory after the last page left: a reload finds it warm. */
  notebookIdleMs: 30_000,

  /* Notebooks: storing */
  /** Not yet stored, of one notebook. While the database is away, typing of a class fits for many minutes. */
  notebookUnstoredMaxBytes: 8 * 1024 * 1024,
  /** Bytes that go into one INSERT; beyond it the rest waits for the next. */
  notebookBatchBytes: 4 * 1024 * 1024,
  /** A failed write is tried again after this, doubled each time… */
  notebookRetryFirstMs: 100,
  /** …up to this: a person who waits for Saved looks about that often. */
  notebookRetryLastMs: 5_000,
  /** Rows after the state that make a compaction worth its while at any time; reading them takes milliseconds. */
  notebookCompactUpdates: 1_000,
  /** The same in bytes. */
  notebookCompactBytes: 4 * 1024 * 1024,
  /** Rows that are compacted when the notebook is quiet. */
  notebookCompactQuietUpdates: 50,
  /** What counts as quiet. */
  notebookQuietMs: 10_000,
  /** From the signal to stop until pages are told goodbye, for what is not stored yet. */
  notebookLastStoreMs: 4_000,

  /* Notebooks: versions */
  /** A document that changed gets a version by itself when it has not had one for this long. */
  notebookVersionEveryMs: 600_000,
  /** Automatic versions kept: about a working day. */
  notebookVersionsAutomatic: 50,
  /** Named versions kept. */
  notebookVersionsNamed: 100,
  /** Of all versions of one notebook; automatic ones give way first. */
  notebookVersionsMaxBytes: 256 * 1024 * 1024,

  /* Snapshots */
  /** Title, note and what is in it, sealed in the tab: 16 KB and what sealing adds. */
  snapshotCardMaxBytes: 17 * 1024,
  /** Of one playground, those being uploaded included: one a working day of a month, several times over. */
  snapshotsPerPlayground: 100,
  /** Announced from one address within a day: a class of 30, each with a few. */
  snapshotsPerAddressPerDay: 200,
  /** The same in bytes: that class with whole machines, or ten of the largest. */
  snapshotBytesPerAddressPerDay: 10 * 1024 ** 3,
  /** The largest number of openings one may ask for; without a number it is any. */
  snapshotOpeningsMost: 10_000,
  /** How long an opening reads: 1 GB over a line of 2.4 Mbit/s. */
  snapshotOpeningMs: 3_600_000,
  /** A class of 30 opens a template link, and reloads. */
  snapshotOpeningsPerAddressPerMinute: 120,
  /** An upload that is not finished by then was given up: a laptop closed overnight is not. */
  snapshotUnfinishedMs: 86_400_000,
  /** Chunks being received at a time, 1 MB of memory each. */
  snapshotUploads: 128,
  /** From one address; a page sends three at a time. */
  snapshotUploadsPerAddress: 24,
  /** Chunks being sent at a time, 1 MB of memory each. */
  snapshotDownloads: 256,
  /** From one address: a class of 30 behind one router, four at a time each. */
  snapshotDownloadsPerAddress: 128,
  /** One chunk in or out; then its connection is cut. A line of 70 kbit/s makes it. */
  snapshotTransferMs: 120_000,
  /** Ranges of missing chunks in one answer; who has sent those asks again. */
  snapshotRangesTold: 1_000,
  /** Expired snapshots can be read by nobody, but lie there for so long yet. */
  snapshotSweepEveryMs: 60_000,
  /** How often the store is looked through for what nobody knows of any more. */
  snapshotOrphansEveryMs: 21_600_000,

  /* Shutdown */
  /** When a tab should come back after we said goodbye; a restart takes a few seconds. */
  retryAfterMs: 2_000,
  /** From the signal to a hard exit. */
  shutdownMs: 10_000,
} as const;

/** The same names with plain numbers, so that a test can shorten a time. */
export type Limits = { readonly [Name in keyof typeof LIMITS]: number };
