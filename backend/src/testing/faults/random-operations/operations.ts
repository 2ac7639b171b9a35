import * as fc from 'fast-check';

/** What the customer may do, and how often of about a hundred. */
const CUSTOMER = {
  send: 30,
  sendMany: 3,
  edit: 8,
  delete: 4,
  read: 8,
  pageBack: 4,
  type: 3,
  retry: 3,
  discard: 1,
  close: 2,
  rate: 3,
  openAgain: 3,
  cut: 5,
  mend: 7,
  shake: 3,
  loseSocket: 4,
  reload: 5,
  pause: 12,
} as const;

/** What the agent may do, and what happens at the desk. */
const AGENT = {
  send: 24,
  sendMany: 3,
  edit: 8,
  delete: 4,
  read: 8,
  pageBack: 4,
  type: 3,
  retry: 3,
  discard: 1,
  close: 3,
  watch: 3,
  claim: 12,
  transfer: 3,
  toDepartment: 3,
  takeBack: 5,
  colleagueWrites: 5,
  note: 3,
  tag: 3,
  cut: 5,
  mend: 7,
  shake: 3,
  loseSocket: 4,
  reload: 5,
  pause: 12,
} as const;

export type CustomerAct = keyof typeof CUSTOMER;
export type AgentAct = keyof typeof AGENT;

/** One thing that somebody does; `n` says which message, how long, how many: whatever the act needs. */
export type Operation = { n: number } & (
  | { who: 'customer'; does: CustomerAct }
  | { who: 'agent'; does: AgentAct }
);

/** Random operations, most of them by the weights above; fewer and simpler ones when made smaller. */
export function randomOperations(most: number): fc.Arbitrary<Operation[]> {
  const acts = <Act extends string>(weights: Record<Act, number>) =>
    fc.oneof(
      ...(Object.entries(weights) as [Act, number][]).map(([does, weight]) => ({
        weight,
        arbitrary: fc.constant(does),
      })),
    );
  const n = fc.nat({ max: 999 });
  const operation: fc.Arbitrary<Operation> = fc.oneof(
    fc.record({ who: fc.constant('customer' as const), does: acts(CUSTOMER), n }),
    fc.record({ who: fc.constant('agent' as const), does: acts(AGENT), n }),
  );
  return fc.array(operation, { maxLength: most, size: 'max' });
}

/** Operations as they are printed, e.g. `customer send 12`. */
export function showOperations(operations: readonly Operation[]): string[] {
  return operations.map(({ who, does, n }) => `${who} ${does} ${n}`);
}
