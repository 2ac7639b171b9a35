import { describe, expect, it } from 'vitest';
import {
  colleaguesFor,
  mentionedIn,
  mentionParts,
  noteParts,
  openMention,
  withMention,
  type Colleague,
} from './mention-text.ts';

function colleague(name: string, department: string | null = null, id = name): Colleague {
  return { id, name, email: '', avatar: null, department, lastActiveAt: null, status: 'online' };
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
  const names = (query: string, department: string | null = null) =>
    colleaguesFor(team, query, department).map(({ name }) => name);

  it('finds the beginning of any word of a name, whatever its case and accents', () => {
    expect(names('maria')).toEqual(['Ana María López']);
    expect(names('BERT BR')).toEqual(['Bert Braun']);
    expect(names('theresia')).toEqual(['Maximiliane-Theresia von Ötz']);
    expect(names('otz')).toEqual(['Maximiliane-Theresia von Ötz']);
    expect(names('🎻')).toEqual(['🎻 Max']);
    expect(names('raun')).toEqual([]);
    expect(names('Bert Braun ')).toEqual([]);
  });

  it('puts those of the chat’s department first', () => {
    expect(names('', 'Technical')).toEqual([
      'Bert Braun',
      '🎻 Max',
      'Ana María López',
      'Maximiliane-Theresia von Ötz',
    ]);
    expect(names('m')).toEqual(['Ana María López', 'Maximiliane-Theresia von Ötz', '🎻 Max']);
  });

  it('offers a few of many', () => {
    const many = Array.from({ length: 30 }, (_, index) => colleague(`Agent ${index}`));
    expect(colleaguesFor(many, 'agent', null)).toHaveLength(8);
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
