import assets from './assets.json';

/** URLs of the Workers and of v86.wasm, named by content; `npm run worker:build` writes them. */
export const workerAssets: {
  readonly worker: string;
  readonly shelf: string;
  readonly disk: string;
  readonly wasm: string;
} = assets;
