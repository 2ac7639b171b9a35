import { remarksOn, type TranscriptFormat } from './transcript-format.ts';

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const escaped = (text: string) =>
  text.replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? character);

const STYLE = `body{max-width:44rem;margin:2rem auto;padding:0 1rem;font:1rem/1.5 system-ui,sans-serif;color-scheme:light dark}
h1{font-size:1.25rem;margin:0}header p{margin:.25rem 0 1.5rem;opacity:.75}
ol{list-style:none;margin:0;padding:0}li{margin:0 0 1rem;padding-inline-start:.75rem;border-inline-start:3px solid #8888}
li.agent{border-color:#3b5bdb}li.system{font-style:italic}h2{font-size:.875rem;margin:0}time{font-weight:400;opacity:.75}
p{margin:0;white-space:pre-wrap;overflow-wrap:anywhere}`;

/** One page without anything from elsewhere: no script, no picture, no link. */
export const htmlTranscript: TranscriptFormat = {
  type: 'text/html; charset=utf-8',
  extension: 'html',
  begin(chat, clock) {
    const title = `Chat with ${chat.customer.name}`;
    const ended = chat.closedAt ? `, ended ${clock.show(chat.closedAt)}` : '';
    return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escaped(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<header><h1 dir="auto">${escaped(title)}</h1>
<p>Begun ${clock.show(chat.createdAt)}${ended}. All times in ${escaped(clock.timeZone)}.</p></header>
<main><ol>
`;
  },
  message(message, clock) {
    const words = message.content === '' ? '' : `<p dir="auto">${escaped(message.content)}</p>`;
    const files = message.attachments.map(({ name }) => `<p dir="auto">📎 ${escaped(name)}</p>`).join('');
    const time = `<time datetime="${message.timestamp}">${clock.show(message.timestamp)}</time>`;
    const name = `<bdi>${escaped(message.senderName)}</bdi>`;
    return `<li class="${message.sender}"><h2>${name} ${time}${remarksOn(message)}</h2>${words}${files}</li>\n`;
  },
  end: () => '</ol></main>\n</body>\n</html>\n',
};
