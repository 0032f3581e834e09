// Reads one manifest in two ways: `node bench/clients/manifest.ts speed|scan|parse FILES`.
// `speed` times both in turn, plain and compressed; the others tell how much memory one way takes beside the body.
import { zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import { readManifest } from '../../src/parseable/manifest.ts';
import { manifestOf, sizesOf } from '../s3/files.ts';
import { usualShape } from '../s3/shape.ts';

const [what = 'speed', files = '15000'] = process.argv.slice(2);
const plain = manifestOf(
  { prefix: 'stream-00000/', day: usualShape.firstDay, files: Number(files), noise: 1 },
  sizesOf(usualShape),
);

/** A body arrives in pieces. */
async function* piecesOf(body: Buffer): AsyncGenerator<Uint8Array> {
  const piece = 65_536;
  for (let at = 0; at < body.length; at += piece) yield await Promise.resolve(body.subarray(at, at + piece));
}

interface Sum {
  entries: number;
  bytes: number;
}

async function scan(body: Buffer): Promise<Sum> {
  const sum = { entries: 0, bytes: 0 };
  const reading = await readManifest(piecesOf(body), {
    entry: (path, size) => {
      sum.entries++;
      sum.bytes += size + path.length;
    },
    restart: () => {
      throw new Error('the manifest lists its files twice');
    },
  });
  if (reading.state === 'unusable') throw new Error(reading.why);
  return sum;
}

/** What a program does that does not mind: all of the body as a text, all of the text as a tree. */
async function parse(body: Buffer): Promise<Sum> {
  const chunks: Uint8Array[] = [];
  for await (const piece of piecesOf(body)) chunks.push(piece);
  const tree = JSON.parse(Buffer.concat(chunks).toString('utf8')) as {
    files: { file_path: string; file_size: number }[];
  };
  return {
    entries: tree.files.length,
    bytes: tree.files.reduce((sum, { file_path, file_size }) => sum + file_size + file_path.length, 0),
  };
}

const ways: Record<string, (body: Buffer) => Promise<Sum>> = { scan, parse };

/** MB of the plain body in a second of CPU. */
async function speedOf(read: () => Promise<Sum>): Promise<{ speed: number; sum: Sum }> {
  const before = process.cpuUsage();
  const sum = await read();
  const { user, system } = process.cpuUsage(before);
  return { speed: plain.length / (user + system), sum };
}

if (what === 'speed') {
  const packed = zstdCompressSync(plain);
  const rounds: { scan: number; parse: number; scanPacked: number; parsePacked: number }[] = [];
  for (let round = 0; round < 7; round++) {
    const scanned = await speedOf(() => scan(plain));
    const parsed = await speedOf(() => parse(plain));
    const scannedPacked = await speedOf(() => scan(packed));
    const parsedPacked = await speedOf(() => parse(zstdDecompressSync(packed)));
    for (const { sum } of [parsed, scannedPacked, parsedPacked]) {
      if (JSON.stringify(sum) !== JSON.stringify(scanned.sum)) throw new Error('the two ways do not agree');
    }
    rounds.push({
      scan: scanned.speed,
      parse: parsed.speed,
      scanPacked: scannedPacked.speed,
      parsePacked: parsedPacked.speed,
    });
  }
  // The first rounds warm up.
  process.stdout.write(
    JSON.stringify({ plainBytes: plain.length, packedBytes: packed.length, rounds: rounds.slice(2) }),
  );
} else {
  const before = process.memoryUsage.rss();
  await ways[what]?.(plain);
  const extra = process.resourceUsage().maxRSS * 1_024 - before;
  process.stdout.write(JSON.stringify({ plainBytes: plain.length, extra }));
}
