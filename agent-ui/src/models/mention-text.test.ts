import type { PresenceStatus } from '@wzatco/sdk';
import { describe, expect, it } from 'vitest';
import type { Colleague } from './colleagues-model.ts';
import {
  colleaguesFor,
  mentionedIn,
  mentionParts,
  noteParts,
  openMention,
  withMention,
  type Seen,
} from './mention-text.ts';

function colleague(name: string, department: string | null = null, id = name): Colleague {
  return { id, name, avatar: null, department, allDepartments: false };
}

describe('openMention', () => {
  const open = (text: string) => {
    const caret = text.indexOf('|');
    return openMention(text.replace('|', ''), caret);
  };

  it.each([
    ['@|', { at: 0, query: '' }],
    ['Ask @Bert Br|aun', { at: 4, query: 'Bert Br' }],
    ['(@be|', { at: 1, query: 'be' }],
    ['请@王|', { at: 1, query: '王' }],
    ['اسأل @م|', { at: 5, query: 'م' }],
    ['👍@🎻|', { at: 2, query: '🎻' }],
  ])('%s', (text, mention) => {
    expect(open(text)).toEqual(mention);
  });

  it.each(['bert@ex|', 'no sign|', '@ be|', '@bert\nnext|', '|@bert', `@${'x'.repeat(101)}|`])(
    'not in %s',
    (text) => {
      expect(open(text)).toBeNull();
    },
  );
});

describe('colleaguesFor', () => {
  const team = [
    colleague('Ana María López', 'Sales'),
    colleague('Bert Braun', 'Technical'),
    colleague('Maximiliane-Theresia von Ötz'),
    colleague('🎻 Max', 'Technical'),
  ];
  const anybodys: Seen = { department: null, agent: null };
  const online = (): PresenceStatus => 'online';
  const names = (query: string, chat: Seen | null = anybodys) =>
    colleaguesFor(team, query, chat, online).map(({ name }) => name);

  it('finds the beginning of any word of a name, whatever its case and accents', () => {
    expect(names('maria')).toEqual(['Ana María López']);
    expect(names('BERT BR')).toEqual(['Bert Braun']);
    expect(names('theresia')).toEqual(['Maximiliane-Theresia von Ötz']);
    expect(names('otz')).toEqual(['Maximiliane-Theresia von Ötz']);
    expect(names('🎻')).toEqual(['🎻 Max']);
    expect(names('raun')).toEqual([]);
    expect(names('Bert Braun ')).toEqual([]);
  });

  it('offers those who may see the chat: of its department or of all, and whose it is', () => {
    const technical = { department: 'Technical', agent: null };
    expect(names('', technical)).toEqual(['Bert Braun', '🎻 Max']);
    expect(names('', { ...technical, agent: { id: 'Ana María López' } })).toEqual([
      'Ana María López',
      'Bert Braun',
      '🎻 Max',
    ]);
    const boss = { ...colleague('Boss'), allDepartments: true };
    expect(colleaguesFor([boss], '', technical, online)).toEqual([boss]);
    expect(names('m')).toEqual(['Ana María López', 'Maximiliane-Theresia von Ötz', '🎻 Max']);
    expect(names('', null)).toHaveLength(4);
  });

  it('puts who is online first and who is offline last, else as they were', () => {
    const statuses: Record<string, PresenceStatus> = { 'Bert Braun': 'away', '🎻 Max': 'online' };
    const order = colleaguesFor(team, '', anybodys, (id) => statuses[id] ?? 'offline');
    expect(order.map(({ name }) => name)).toEqual([
      '🎻 Max',
      'Bert Braun',
      'Ana María López',
      'Maximiliane-Theresia von Ötz',
    ]);
  });

  it('offers a few of many', () => {
    const many = Array.from({ length: 30 }, (_, index) => colleague(`Agent ${index}`));
    expect(colleaguesFor(many, 'agent', anybodys, online)).toHaveLength(8);
  });
});

describe('withMention', () => {
  it('puts the name in place of what was typed, with one space behind', () => {
    expect(withMention('Ask @be', { at: 4, query: 'be' }, 'Bert Braun')).toEqual({
      text: 'Ask @Bert Braun ',
      caret: 16,
    });
    expect(withMention('@b and you', { at: 0, query: 'b' }, 'נועה לוי')).toEqual({
      text: '@נועה לוי and you',
      caret: 10,
    });
  });
});

describe('mentionedIn', () => {
  const ann = colleague('Ann');
  const annLee = colleague('Ann Lee');

  it('names those whose name still stands behind an @', () => {
    expect(mentionedIn('@Ann Lee, see this', [ann, annLee])).toEqual(['Ann Lee']);
    expect(mentionedIn('@Ann and @Ann Lee and @Ann', [ann, annLee])).toEqual(['Ann', 'Ann Lee']);
    expect(mentionedIn('Ann Lee, see this', [ann, annLee])).toEqual([]);
    expect(mentionedIn('@Anna or x@Ann', [ann])).toEqual([]);
  });

  it('knows names that touch the next word, and emoji', () => {
    expect(mentionedIn('@王伟你好', [colleague('王伟')])).toEqual(['王伟']);
    expect(mentionedIn('@🎻 Max!', [colleague('🎻 Max')])).toEqual(['🎻 Max']);
    expect(mentionedIn('שלום @נועה לוי, תודה', [colleague('נועה לוי')])).toEqual(['נועה לוי']);
  });

  it('means each of two with one name once', () => {
    const [one, other] = [colleague('Ann', null, '1'), colleague('Ann', null, '2')];
    expect(mentionedIn('@Ann', [one, other])).toEqual(['1']);
    expect(mentionedIn('@Ann @Ann', [one, other])).toEqual(['1', '2']);
  });
});

describe('parts of a note', () => {
  const ann = colleague('Ann');

  it('joined are the text', () => {
    const text = 'Hi @Ann, mail a@Ann or @Bob\n@Ann';
    const parts = mentionParts(text, [ann]);
    expect(parts.map((part) => part.text).join('')).toBe(text);
    expect(parts.filter(({ mention }) => mention !== null)).toHaveLength(2);
  });

  it('show a stranger by the first word', () => {
    const names = new Map([['1', 'Ann Lee']]);
    expect(noteParts('@Ann Lee and @Bert Braun: mail b@c.de', ['1', '2'], names)).toEqual([
      { text: '@Ann Lee', mention: '1' },
      { text: ' and ', mention: null },
      { text: '@Bert', mention: '2' },
      { text: ' Braun: mail b@c.de', mention: null },
    ]);
    expect(noteParts('@Ann Lee and @Bert', ['1'], names)).toHaveLength(2);
  });
});
