/** S19: what a snapshot held, told once more at its end. */
export interface Totals {
  readonly pages: number;
  /** Bytes before compression. */
  readonly devices: number;
  readonly notebook: number;
  readonly dump: number;
}

export const NOTHING: Totals = { pages: 0, devices: 0, notebook: 0, dump: 0 };

const FIELDS = ['pages', 'devices', 'notebook', 'dump'] as const;
const FIELD_BYTES = 4;

/** S19: four u32. */
export function encodeTotals(totals: Totals): Uint8Array {
  const bytes = new Uint8Array(FIELDS.length * FIELD_BYTES);
  const view = new DataView(bytes.buffer);
  FIELDS.forEach((field, index) => {
    view.setUint32(index * FIELD_BYTES, totals[field], true);
  });
  return bytes;
}
