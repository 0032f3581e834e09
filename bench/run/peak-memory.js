// Loaded before a measured program (`node --import`): leaves behind how much memory it had at most, in kB.
// Plain JavaScript, so that it costs that program next to nothing.
import { writeFileSync } from 'node:fs';
import process from 'node:process';

const file = process.env['BENCH_PEAK_MEMORY'];
if (file !== undefined) {
  process.on('exit', () => {
    writeFileSync(file, String(process.resourceUsage().maxRSS));
  });
}
