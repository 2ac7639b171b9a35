import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { chooseAgent, type Candidate, type Question } from './choose-agent.ts';

const agent = (id: string, fields: Partial<Candidate> = {}): Candidate => ({
  id,
  name: id,
  departmentId: 'technical',
  load: 0,
  limit: 3,
  lastOfferedAt: 0,
  ...fields,
});

const ask = (candidates: Candidate[], fields: Partial<Question> = {}) =>
  chooseAgent({
    policy: 'round_robin',
    departmentId: 'technical',
    previousAgentId: null,
    refusedBy: new Set(),
    candidates,
    ...fields,
  });

describe('who is offered a chat', () => {
  test('by turns: who had no offer for the longest time', () => {
    const candidates = [agent('anna', { lastOfferedAt: 3 }), agent('bert', { lastOfferedAt: 1 })];
    expect(ask(candidates)).toMatchObject({ agent: { id: 'bert' }, reason: 'It is the turn of bert.' });
  });

  test('by load: who has the fewest, and of those whose turn it is', () => {
    const candidates = [
      agent('anna', { load: 1, lastOfferedAt: 1 }),
      agent('bert', { lastOfferedAt: 9 }),
      agent('cleo', { lastOfferedAt: 4 }),
    ];
    expect(ask(candidates, { policy: 'least_busy' }).agent?.id).toBe('cleo');
  });

  test('first who had this customer before, unless they are full or let it pass', () => {
    const candidates = [agent('anna'), agent('bert', { lastOfferedAt: 9 })];
    expect(ask(candidates, { previousAgentId: 'bert' }).agent?.id).toBe('bert');
    expect(ask(candidates, { previousAgentId: 'bert', refusedBy: new Set(['bert']) }).agent?.id).toBe('anna');
    const full = [agent('anna'), agent('bert', { load: 3 })];
    expect(ask(full, { previousAgentId: 'bert' }).agent?.id).toBe('anna');
  });

  test('of the chat’s department; a chat of none may be anybody’s', () => {
    const candidates = [agent('sam', { departmentId: 'sales' }), agent('nora', { departmentId: null })];
    expect(ask(candidates)).toEqual({ agent: null, reason: 'Nobody who may have it is online.' });
    expect(ask(candidates, { departmentId: null }).agent).not.toBeNull();
  });

  test('nobody where all let it pass, are full, or chats are claimed by hand; and it says so', () => {
    expect(ask([agent('anna')], { refusedBy: new Set(['anna']) }).reason).toMatch(/let it pass/);
    expect(ask([agent('anna', { load: 3 })]).reason).toMatch(/as many chats as they take/);
    expect(ask([agent('anna')], { policy: 'manual' }).reason).toMatch(/by hand/);
  });

  const candidates = fc.uniqueArray(
    fc.record({
      id: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
      departmentId: fc.constantFrom('technical', 'sales', null),
      load: fc.integer({ min: 0, max: 4 }),
      limit: fc.integer({ min: 1, max: 4 }),
      lastOfferedAt: fc.integer({ min: 0, max: 9 }),
    }),
    { selector: ({ id }) => id },
  );
  const question = fc.record({
    policy: fc.constantFrom('round_robin' as const, 'least_busy' as const),
    departmentId: fc.constantFrom('technical', 'sales', null),
    previousAgentId: fc.constantFrom('a', 'b', null),
    refusedBy: fc.subarray(['a', 'b', 'c']).map((ids) => new Set(ids)),
    candidates: candidates.map((found) => found.map((fields) => agent(fields.id, fields))),
  });

  test('whatever the question: somebody exactly where somebody can, never one who may not, whatever the order', () => {
    fc.assert(
      fc.property(question, (asked) => {
        const can = asked.candidates.filter(
          ({ id, load, limit, departmentId }) =>
            load < limit &&
            !asked.refusedBy.has(id) &&
            (asked.departmentId === null || departmentId === asked.departmentId),
        );
        const { agent: chosen } = chooseAgent(asked);
        expect(chosen === null).toBe(can.length === 0);
        if (chosen) expect(can).toContain(chosen);
        expect(chooseAgent({ ...asked, candidates: asked.candidates.toReversed() }).agent).toBe(chosen);
      }),
    );
  });

  test('by turns nobody gets a second chat before everybody had one', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 30 }), (people, chats) => {
        const desk = Array.from({ length: people }, (_, index) => agent(`agent ${index}`, { limit: 100 }));
        for (let turn = 1; turn <= chats; turn += 1) {
          const { agent: chosen } = ask(desk);
          if (chosen) Object.assign(chosen, { load: chosen.load + 1, lastOfferedAt: turn });
        }
        const loads = desk.map(({ load }) => load);
        expect(Math.max(...loads) - Math.min(...loads)).toBeLessThanOrEqual(1);
      }),
    );
  });
});
