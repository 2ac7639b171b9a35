import { SOCKET_PATH } from '@wzatco/sdk/contract/constants';
import { startCutProxy, type CutProxy } from '../cut-proxy.ts';

/** One person's way to the server, which can be cut, and can lead only REST through. */
export interface Way extends Pick<CutProxy, 'cut' | 'shake' | 'stop'> {
  url: string;
  /** Live connections break, and come through again or not; REST does. */
  leadSockets(yes: boolean): void;
  /** All comes through again, or only REST. */
  mend(what?: 'all' | 'rest'): Promise<void>;
}

/** @example const way = await openWay(server.url); way.cut(); await way.mend(); */
export async function openWay(serverUrl: string): Promise<Way> {
  let leadsSockets = true;
  let isCut = false;
  const isSocket = (first: Buffer) => first.subarray(0, 200).includes(` ${SOCKET_PATH}`);
  const proxy = await startCutProxy(
    { host: '127.0.0.1', port: Number(new URL(serverUrl).port) },
    (first) => leadsSockets || !isSocket(first),
  );
  return {
    url: `http://127.0.0.1:${proxy.port}`,
    shake: proxy.shake,
    stop: proxy.stop,
    cut() {
      isCut = true;
      proxy.cut();
    },
    leadSockets(yes) {
      leadsSockets = yes;
      proxy.shake();
    },
    async mend(what = 'all') {
      leadsSockets = what === 'all';
      if (isCut) await proxy.mend();
      isCut = false;
    },
  };
}
