import { killed, terminated } from './crash-loop.ts';
import type { Fault } from './fault.ts';

/** Everything that the suite brings about, in the order of its report. */
export const allFaults: readonly Fault[] = [killed, terminated];
