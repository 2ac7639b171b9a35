/** The job that ends an offer that is not answered; its key is the chat's id. */
export const OFFER_JOB = 'routing.offer';
/** The job that looks at a queue again: a department's id, or `none`. */
export const QUEUE_JOB = 'routing.queue';
/** The job that looks for what no event told of: a process that ended between a commit and what follows it. */
export const SWEEP_JOB = 'routing.sweep';

export function queueKey(departmentId: string | null): string {
  return departmentId ?? 'none';
}

export function departmentOfKey(key: string): string | null {
  return key === 'none' ? null : key;
}
