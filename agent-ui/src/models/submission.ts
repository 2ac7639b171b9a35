import { signal, type ReadonlySignal } from '@preact/signals';
import { failureText } from './failure-text.ts';

/** A form on its way: `run` answers whether it went well, `failure` says why not. */
export interface Submission<Input> {
  busy: ReadonlySignal<boolean>;
  failure: ReadonlySignal<string | null>;
  run(input: Input): Promise<boolean>;
}

/**
 * Runs an action once at a time and keeps its failure as text.
 *
 * @example
 * const signIn = createSubmission((input: LoginInput) => session.login(input));
 * if (await signIn.run({ email, password })) leave();
 */
export function createSubmission<Input>(
  action: (input: Input) => Promise<unknown>,
  explain: (error: unknown) => string = failureText,
): Submission<Input> {
  const busy = signal(false);
  const failure = signal<string | null>(null);
  return {
    busy,
    failure,
    async run(input) {
      if (busy.peek()) return false;
      busy.value = true;
      failure.value = null;
      try {
        await action(input);
        return true;
      } catch (error) {
        failure.value = explain(error);
        return false;
      } finally {
        busy.value = false;
      }
    },
  };
}
