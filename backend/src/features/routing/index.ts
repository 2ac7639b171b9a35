export { readWorkload } from './workload.ts';
