import { rssMb } from '../support/memory';

const SAMPLE_EVERY_MS = 50;

/** The most memory in MB a process holds resident while `work` runs. */
export async function peakRssMb(pid: number, work: Promise<unknown>): Promise<number> {
  let peak = await rssMb(pid);
  const look = async () => {
    peak = Math.max(peak, await rssMb(pid));
  };
  const timer = setInterval(() => void look(), SAMPLE_EVERY_MS);
  try {
    await work;
  } finally {
    clearInterval(timer);
  }
  await look();
  return peak;
}
