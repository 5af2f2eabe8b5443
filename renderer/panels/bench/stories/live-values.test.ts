import { describe, expect, it } from 'vitest';
import { liveMarks, sentenceParts } from './live-values.ts';

describe('a sentence in pieces', () => {
  it('is its words and the names of its values, in order', () => {
    const sentence = `From ${liveMarks.leftMin} to ${liveMarks.leftMax}.`;
    expect(sentenceParts(sentence)).toEqual([
      { words: 'From ' },
      { value: 'leftMin' },
      { words: ' to ' },
      { value: 'leftMax' },
      { words: '.' },
    ]);
  });

  it('may begin with a value, or have none', () => {
    expect(sentenceParts(`${liveMarks.mapSize} cells`)).toEqual([{ value: 'mapSize' }, { words: ' cells' }]);
    expect(sentenceParts('Only words')).toEqual([{ words: 'Only words' }]);
  });
});
