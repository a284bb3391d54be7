/** Loaded before a program (node --import): notes at its end what it used, in the file that BENCH_USAGE names. */
import { writeFileSync } from 'node:fs';

const file = process.env.BENCH_USAGE;
if (file !== undefined) {
  delete process.env.BENCH_USAGE;
  process.on('exit', () => {
    const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
    const cpuMs = (userCPUTime + systemCPUTime) / 1000;
    writeFileSync(file, JSON.stringify({ megabytes: maxRSS / 1000, cpuMs }));
  });
}
