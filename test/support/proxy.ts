/**
 * A TCP proxy between the service and MariaDB that can cut the line at the worst moment: when COMMIT has been
 * sent and its answer has not come back.
 */
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** What happens to the next COMMIT: passed on with its answer lost, or lost itself. Then all is normal again. */
export type Cut = 'answer lost' | 'commit lost' | null;

export interface FaultyLine {
  readonly port: number;
  cut: Cut;
  /** How many COMMITs came by. */
  commits: number;
  close(): Promise<void>;
}

/** The text protocol: 4 bytes of header, command 3 (query), the text. */
const isCommit = (data: Buffer) =>
  data[4] === 3 && data.subarray(5).toString('latin1') === 'COMMIT';

export async function startProxy(targetPort: number): Promise<FaultyLine> {
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const upstream = connect(targetPort, '127.0.0.1');
    let answerLost = false;
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('error', () => socket.destroy());
      socket.on('close', () => sockets.delete(socket));
    }
    const hangUp = () => {
      client.destroy();
      upstream.destroy();
    };
    client.on('data', (data) => {
      if (isCommit(data)) {
        proxy.commits += 1;
        const cut = proxy.cut;
        proxy.cut = null;
        if (cut === 'commit lost') return hangUp();
        answerLost = cut === 'answer lost';
      }
      upstream.write(data);
    });
    upstream.on('data', (data) => {
      if (answerLost) hangUp();
      else client.write(data);
    });
    client.on('close', hangUp);
    upstream.on('close', hangUp);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const proxy: FaultyLine = {
    port: (server.address() as AddressInfo).port,
    cut: null,
    commits: 0,
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
  return proxy;
}
