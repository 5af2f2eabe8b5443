import { afterEach, describe, expect, it, vi } from 'vitest';
import { CameraError, cameraOpener } from './camera-stream.ts';

const listener = { onframe: () => undefined, onlost: () => undefined };

/** The system's camera, as it answers. */
function systemAnswers(getUserMedia: () => Promise<unknown>) {
  vi.stubGlobal('navigator', { mediaDevices: { getUserMedia } });
  const allowed: boolean[] = [];
  const open = cameraOpener({
    allowCamera: (isAllowed) => {
      allowed.push(isAllowed);
      return Promise.resolve();
    },
  });
  return { open, allowed };
}

afterEach(() => vi.unstubAllGlobals());

describe('opening the camera', () => {
  it.each([
    ['NotFoundError', 'missing'],
    ['NotReadableError', 'taken'],
    ['NotAllowedError', 'refused'],
    ['SomethingNewError', 'refused'],
  ])('says of a %s that it is %s, and takes the permission back', async (name, problem) => {
    const { open, allowed } = systemAnswers(() => Promise.reject(new DOMException('no', name)));
    const error: unknown = await open(listener).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(CameraError);
    expect(error).toMatchObject({ problem });
    expect(allowed).toEqual([true, false]);
  });

  it('keeps the permission while someone else is about to have it on', async () => {
    const answers: ((error: Error) => void)[] = [];
    const { open, allowed } = systemAnswers(() => new Promise((_, reject) => answers.push(reject)));
    const opened = [open(listener), open(listener)].map((stream) => stream.catch(() => null));
    await vi.waitFor(() => expect(answers).toHaveLength(2));
    answers[0]!(new DOMException('no', 'NotFoundError'));
    await opened[0];
    expect(allowed).toEqual([true, true]);
    answers[1]!(new DOMException('no', 'NotFoundError'));
    await opened[1];
    expect(allowed).toEqual([true, true, false]);
  });
});
