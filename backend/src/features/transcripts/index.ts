export { writeTranscript } from './write-transcript.ts';
