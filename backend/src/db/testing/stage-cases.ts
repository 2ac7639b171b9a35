import { describe, expect, test } from 'vitest';
import type { Connected, KnownDeviation } from './conformance.ts';
import { filled } from './fixtures.ts';
import { GROUPING } from './stages/grouping.ts';
import { JOINING } from './stages/joining.ts';
import { SHAPING } from './stages/shaping.ts';
import { WINDOWS } from './stages/windows.ts';

/** What pipelines give, stage by stage. */
export function stageCases(connected: Connected, deviations: readonly KnownDeviation[]): void {
  describe('stages', () => {
    const all = { ...SHAPING, ...GROUPING, ...JOINING, ...WINDOWS };
    for (const [name, { documents, others, pipeline, expected, isWrongOnSecantus }] of Object.entries(all)) {
      const fails = isWrongOnSecantus === true && deviations.includes('stages');
      test(name, { fails }, async () => {
        const collection = await filled(connected(), documents);
        const other = others === undefined ? undefined : (await filled(connected(), others)).collectionName;
        const stages = other === undefined ? pipeline : pipeline.map((stage) => renamed(stage, other));
        expect(await collection.aggregate([...stages] as object[]).toArray()).toEqual(expected);
      });
    }
  });
}

/** The same with the other collection's real name; dates and numbers stay what they are. */
function renamed(value: unknown, other: string): unknown {
  if (value === 'OTHER') return other;
  if (Array.isArray(value)) return value.map((item) => renamed(item, other));
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype) {
    return value;
  }
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, renamed(inner, other)]));
}
