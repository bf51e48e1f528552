/** NULL, so that it is never taken for a text. */
export function NullMark() {
  return (
    <span className="rounded-sm bg-sunken px-1 font-sans text-[11px] text-muted italic">NULL</span>
  );
}
