import { afterEach, expect, it, vi } from 'vitest';
import { toErrorResponse } from './error-response.ts';
import { inputEmpty, modelCorrupt, queueFull } from './errors.ts';

afterEach(() => vi.restoreAllMocks());

it('gives what the caller can mend its own status, and a warning to the log', async () => {
  const warn = vi.spyOn(console, 'warn').mockReturnValue();
  const response = toErrorResponse(inputEmpty('prompt'));
  expect(response.status).toBe(400);
  expect(response.headers.has('retry-after')).toBe(false);
  expect(await response.json()).toEqual({
    error: {
      code: 'InputEmpty',
      message: 'The prompt is empty or only blanks. Send at least one word.',
    },
  });
  expect(warn).toHaveBeenCalledExactlyOnceWith(
    '400 InputEmpty: The prompt is empty or only blanks. Send at least one word.',
  );
});

it('asks the caller to come back when the server cannot serve now', () => {
  vi.spyOn(console, 'warn').mockReturnValue();
  const error = vi.spyOn(console, 'error').mockReturnValue();
  const full = toErrorResponse(queueFull(256));
  expect([full.status, full.headers.get('retry-after')]).toEqual([429, '1']);
  const corrupt = toErrorResponse(modelCorrupt('models/triage/triage.onnx', 'it has 5 bytes'));
  expect([corrupt.status, corrupt.headers.get('retry-after')]).toEqual([503, '1']);
  expect(error).toHaveBeenCalledExactlyOnceWith(
    '503 ModelCorrupt: The file models/triage/triage.onnx is not the one that was published: it has 5 bytes. It was not loaded. Copy the model again.',
  );
});

it('keeps the details of any other failure for the log', async () => {
  const error = vi.spyOn(console, 'error').mockReturnValue();
  const response = toErrorResponse(new TypeError('x is undefined'));
  expect(response.status).toBe(500);
  expect(await response.text()).not.toContain('undefined');
  expect(error.mock.calls[0]?.[1]).toMatchObject({ message: 'x is undefined' });
});

it('notes a client that left, which is nobody’s error', () => {
  const info = vi.spyOn(console, 'info').mockReturnValue();
  expect(toErrorResponse(new DOMException('left', 'AbortError')).status).toBe(499);
  expect(info).toHaveBeenCalledOnce();
});
