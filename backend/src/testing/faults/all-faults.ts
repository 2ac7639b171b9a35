import { badPackets } from './bad-packets.ts';
import { killed, terminated } from './crash-loop.ts';
import { cutBeforeAcknowledgement, cutBeforeSend, cutInFrame } from './cut-line.ts';
import { disorderedFrames } from './disordered-frames.ts';
import { droppedAtOnce } from './dropped-at-once.ts';
import type { Fault } from './fault.ts';
import { fullDisk } from './full-disk.ts';
import { halfOpen } from './half-open.ts';
import { pausedConsumer } from './paused-consumer.ts';
import { offlineTabs } from './offline-tabs.ts';
import { randomOperationsOfTwo } from './random-operations/random-operations.ts';
import { repeatedSend } from './repeated-send.ts';
import { rivalClaims } from './rival-claims.ts';
import { lostProcess } from './two-servers.ts';
import { wrongClocks } from './wrong-clocks/wrong-clocks.ts';

/** Everything that the suite brings about, in the order of its report. */
export const allFaults: readonly Fault[] = [
  killed,
  terminated,
  cutBeforeSend,
  cutBeforeAcknowledgement,
  cutInFrame,
  halfOpen,
  disorderedFrames,
  repeatedSend,
  badPackets,
  pausedConsumer,
  droppedAtOnce,
  fullDisk,
  rivalClaims,
  offlineTabs,
  wrongClocks,
  randomOperationsOfTwo,
  lostProcess,
];
