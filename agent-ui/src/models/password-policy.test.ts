import { describe, expect, it } from 'vitest';
import { passwordProblem } from './password-policy.ts';

describe('passwordProblem', () => {
  it.each([
    ['correct-horse', null],
    ['1234567890', null],
    ['a'.repeat(72), null],
    ['ä'.repeat(36), null],
  ])('accepts %j', (password, problem) => {
    expect(passwordProblem(password)).toBe(problem);
  });

  it('asks for ten characters', () => {
    expect(passwordProblem('123456789')).toContain('at least 10');
  });

  it('counts bytes, not characters, at the upper end', () => {
    expect(passwordProblem('a'.repeat(73))).toContain('at most 72 bytes');
    expect(passwordProblem('😀'.repeat(19))).toContain('at most 72 bytes');
  });
});
