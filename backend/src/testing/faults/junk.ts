/** Junk for every door of the live side, each kind known to have hurt some server. */
const deep = `${'['.repeat(20_000)}${']'.repeat(20_000)}`;

/** Payloads of events: wrong types, huge values, other people's operators. */
export const JUNK_PAYLOADS: readonly unknown[] = [
  undefined,
  null,
  Number.MAX_VALUE,
  'text',
  [[[[]]]],
  {},
  { chatId: 7 },
  { chatId: { $ne: null } },
  { chatId: '0'.repeat(24), message: {} },
  { chatId: '0'.repeat(24), afterSeq: -1, afterRev: 1e300 },
  { message: 'x'.repeat(100_000) },
  { clientMessageId: 'x'.repeat(10_000), message: '\u0000\ud800' },
  JSON.parse('{"__proto__":{"role":"admin"},"constructor":{"prototype":{}}}'),
  new Uint8Array(1_000),
];

/** Names of events that nobody listens to, or that mean something to the machinery. */
export const JUNK_EVENTS = ['nothing', '', '__proto__', 'constructor', 'toString', 'x'.repeat(10_000)];

/** Frames that are no packets of Engine.IO or Socket.IO, or none that a client may send. */
export const JUNK_FRAMES: readonly (string | Uint8Array<ArrayBuffer>)[] = [
  '',
  '0{"sid":"mine"}',
  '1',
  '2probe',
  '3',
  '5',
  '999',
  '4',
  '4\u0000',
  '40/admin,{}',
  '41/nowhere,',
  '42',
  '42[]',
  '42{}',
  '42null',
  '42[1,2]',
  '42["",null]',
  '42["__proto__",{}]',
  '42["disconnecting"]',
  '42["send_message",',
  `42${deep}`,
  '42["send_message",{"chatId":1e999}]',
  '43["no number"]',
  '43999[]',
  '44{"message":"mine"}',
  '451-["x",{"_placeholder":true,"num":99}]',
  `45${'9'.repeat(30)}-["x"]`,
  '461-[{"_placeholder":true,"num":0}]',
  'b!!!!',
  'x'.repeat(1_100_000),
  new Uint8Array([0]),
  new Uint8Array(2_000).fill(255),
];

/** Requests to the socket's path that make no sense: method, query, body. */
export const JUNK_REQUESTS: readonly (readonly [method: string, query: string, body: string | null])[] = [
  ['GET', '', null],
  ['GET', 'EIO=3&transport=polling', null],
  ['GET', 'EIO=4&transport=pigeon', null],
  ['GET', 'EIO=4&transport=websocket', null],
  ['GET', 'EIO=4&transport=polling&sid=nobody', null],
  ['POST', 'EIO=4&transport=polling', '40'],
  ['POST', 'EIO=4&transport=polling&sid=nobody', '42["x"]'],
  ['POST', 'EIO=4&transport=polling&sid=__proto__', 'x'.repeat(200_000)],
  ['PUT', 'EIO=4&transport=polling', 'x'],
  ['DELETE', 'EIO=4&transport=polling&sid=nobody', null],
];

const upgrade = [
  'GET /socket.io/?EIO=4&transport=websocket HTTP/1.1',
  'Host: localhost',
  'Connection: Upgrade',
  'Upgrade: websocket',
  'Sec-WebSocket-Version: 13',
  'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
  '\r\n',
].join('\r\n');

/** Bytes that are no HTTP, and frames that are no frames. */
export const JUNK_BYTES: readonly Buffer[] = [
  Buffer.from('GET / HTTP/1.1\r\nHost: [\r\n\r\n'),
  Buffer.from('POST /api/chats HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999\r\n\r\n{'),
  Buffer.from('POST /api/chats HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n'),
  Buffer.from('\u0016\u0003\u0001 hello, TLS'),
  Buffer.alloc(5_000, 0),
  // Without a mask, with reserved bits, longer than anything, and one that is never finished.
  Buffer.concat([Buffer.from(upgrade), Buffer.from([0x81, 0x02, 0x32, 0x32])]),
  Buffer.concat([Buffer.from(upgrade), Buffer.from([0xf1, 0x80, 1, 2, 3, 4])]),
  Buffer.concat([Buffer.from(upgrade), Buffer.from([0x81, 0xff, 0x7f, ...Array(7).fill(0xff), 1, 2, 3, 4])]),
  Buffer.concat([Buffer.from(upgrade), Buffer.from([0x01, 0xfe, 0xff])]),
];
