import { describe, expect, it } from 'vitest';
import { checkNode } from '../../src/terminal/doctor-checks.ts';

describe('the doctor', () => {
  it('knows which versions of Node.js will do', () => {
    for (const version of ['20.19.0', '20.20.2', '22.0.0', '24.1.0'])
      expect(checkNode(version)).toBe(version);
    for (const version of ['18.20.0', '20.18.3']) {
      expect(() => checkNode(version)).toThrow('install Node.js 20.19 or newer');
    }
  });
});
