import { createServer, request as ask } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A gateway in front of the small S3, which sees what goes over the wire and may change it. */
export interface Gateway {
  url: string;
  /** Bytes of bodies that were sent to the client, by path and query. */
  sent: Map<string, number>;
  close(): Promise<void>;
}

/** Changes the body of an answer. */
export type Change = (path: string, body: Buffer) => Buffer;

/** Starts a gateway. Without a change, bodies pass as they come, and no faster than they are read. */
export async function startGateway(target: string, change: Change | null = null): Promise<Gateway> {
  const sent = new Map<string, number>();
  const server = createServer((message, response) => {
    const path = message.url ?? '/';
    const count = (bytes: number) => sent.set(path, (sent.get(path) ?? 0) + bytes);
    const forwarded = ask(
      target + path,
      { method: message.method ?? 'GET', headers: { ...message.headers, connection: 'close' } },
      (answer) => {
        if (change === null) {
          response.writeHead(answer.statusCode ?? 500, answer.headers);
          answer.on('data', (chunk: Buffer) => count(chunk.length));
          answer.pipe(response);
          response.on('close', () => answer.destroy());
          return;
        }
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.on('end', () => {
          const body = change(path, Buffer.concat(chunks));
          count(body.length);
          const headers = { ...answer.headers };
          delete headers['transfer-encoding'];
          response.writeHead(answer.statusCode ?? 500, { ...headers, 'content-length': String(body.length) });
          response.end(body);
        });
      },
    );
    forwarded.on('error', () => message.socket.destroy());
    message.pipe(forwarded);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${String(port)}`,
    sent,
    close: async () => {
      const closed = new Promise<void>((resolve) =>
        server.close(() => {
          resolve();
        }),
      );
      server.closeAllConnections();
      await closed;
    },
  };
}
