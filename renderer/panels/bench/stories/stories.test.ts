import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { benchViewSchema, experimentSchema } from '../../../../shared/bench/experiment.ts';
import { initialExperiment } from '../../../../shared/bench/initial.ts';
import { pixelsOf } from '../../../../shared/bench/own-image.ts';
import { setLocale } from '../../../messages/compiled/runtime.js';
import { locales } from '../../../../shared/contract.ts';
import { liveMarks, sentenceParts } from './live-values.ts';
import { stories } from './stories.ts';
import { experimentAt, type Story, storyIds, viewAt } from './story.ts';

const all = stories as readonly Story[];

it('tells every story, and begins with the one that the bench opens with', () => {
  expect(stories.map(({ id }) => id)).toEqual(storyIds);
  expect(stories[0].experiment).toBe(initialExperiment);
});

describe.each(all.map((story) => [story.id, story] as const))('the story "%s"', (_, story) => {
  it('has four or five steps, each of which is an experiment and a view that the bench takes', () => {
    expect(story.steps.length).toBeGreaterThanOrEqual(4);
    expect(story.steps.length).toBeLessThanOrEqual(5);
    story.steps.forEach((__, index) => {
      const experiment = experimentAt(story, index);
      expect(v.parse(experimentSchema, experiment)).toEqual(experiment);
      expect(v.parse(benchViewSchema, viewAt(story, index))).toEqual(viewAt(story, index));
      if (experiment.image.source === 'own') expect(() => pixelsOf(experiment.image as never)).not.toThrow();
    });
  });

  it.each(locales)('tells the same numbers in %s as in English', (locale) => {
    const valuesIn = (language: typeof locale) => {
      void setLocale(language, { reload: false });
      return story.steps.map(({ say }) =>
        sentenceParts(say(liveMarks))
          .flatMap((part) => ('value' in part ? part.value : []))
          .sort(),
      );
    };
    expect(valuesIn(locale)).toEqual(valuesIn('en'));
  });
});

it('shows a number of the screen in every story', () => {
  for (const { steps } of all) {
    expect(steps.some(({ say }) => sentenceParts(say(liveMarks)).some((part) => 'value' in part))).toBe(true);
  }
});
