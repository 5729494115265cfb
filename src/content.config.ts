import { defineCollection } from 'astro:content';
import { file, glob } from 'astro/loaders';
import { parse } from 'yaml';
import { z } from 'zod';
import { courseSchema } from '#courses/course.ts';
import { lessonSchema } from '#courses/lesson.ts';
import { pathToCourseId, pathToLessonId } from '#courses/content-path.ts';
import { pathSchema } from '#paths/path.ts';
import { sourceSchema } from '#courses/source.ts';
import { termSchema } from '#courses/term.ts';

/** With `yaml`, not Astro's parser, so that a date stays the text that the schema expects. */
const parseList = (text: string) => parse(text) as Record<string, unknown>[];

export const collections = {
  courses: defineCollection({
    loader: glob({
      base: 'content',
      pattern: '*/index.mdx',
      generateId: ({ entry }) => pathToCourseId(entry),
    }),
    schema: courseSchema,
  }),
  lessons: defineCollection({
    loader: glob({
      base: 'content',
      pattern: '*/[0-9][0-9]-*.mdx',
      generateId: ({ entry }) => pathToLessonId(entry),
    }),
    schema: lessonSchema,
  }),
  sources: defineCollection({
    loader: file('content/sources.yaml', { parser: parseList }),
    schema: sourceSchema,
  }),
  glossary: defineCollection({
    loader: file('content/glossary.yaml', { parser: parseList }),
    schema: termSchema,
  }),
  paths: defineCollection({
    loader: glob({ base: 'content/paths', pattern: '*.yaml' }),
    schema: pathSchema,
  }),
  briefs: defineCollection({
    loader: glob({
      base: 'labs',
      pattern: '*/brief.mdx',
      generateId: ({ entry }) => entry.replace(/\/brief\.mdx$/, ''),
    }),
    schema: z.strictObject({}),
  }),
};
