import { expect, test } from 'vitest';
import { pathToCourseId, pathToLessonId, pathToLessonNumber } from './content-path.ts';

test('the number of a lesson is its place and not part of its address', () => {
  expect(pathToLessonId('first/02-model-server.mdx')).toBe('first/model-server');
  expect(pathToLessonNumber('content/first/02-model-server.mdx')).toBe(2);
});

test('a number inside a slug stays', () => {
  expect(pathToLessonId('first/03-top-10-risks.mdx')).toBe('first/top-10-risks');
});

test('a course is named by its folder', () => {
  expect(pathToCourseId('first/index.mdx')).toBe('first');
});
