const BOX_OID = 603;

/** What stands between an array's elements; box has commas of its own. */
export function delimiterOf(elementOid: number): string {
  return elementOid === BOX_OID ? ';' : ',';
}
