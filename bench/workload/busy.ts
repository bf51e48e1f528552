/** A statement that keeps PostgreSQL's processor busy for so long. */
export function busyStatement(durationMs: number): string {
  return `do $$
declare
  till timestamptz := clock_timestamp() + interval '${durationMs} ms';
begin
  while clock_timestamp() < till loop end loop;
end $$`;
}
