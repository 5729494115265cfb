import { z } from 'zod';
import type { Curriculum, Skill } from './curriculum.ts';
import { levels } from './level.ts';

/** What of a team is looked at; it stands in the page's address. */
export interface TeamFilters {
  /** Id of a team; null for everybody whom the asker sees. */
  readonly team: string | null;
  readonly skill: string | null;
  readonly lab: string | null;
  /** Only people who have this somewhere among the skills shown. */
  readonly status: Status | null;
  readonly sort: Sort;
  /** From 1. */
  readonly page: number;
}

export const statuses = [...levels, 'stuck'] as const;
export type Status = (typeof statuses)[number];

/** There is none by level: people are not ranked. */
const sorts = ['name', 'name-down', 'recent', 'quiet'] as const;
export type Sort = (typeof sorts)[number];

const given = z
  .string()
  .max(100)
  .nullable()
  .transform((text) => text || null)
  .catch(null);

/** Reads the filters of an address; what is not understood counts as not given. */
export function readFilters({ searchParams }: URL): TeamFilters {
  const read = <T>(name: string, schema: z.ZodType<T>): T => schema.parse(searchParams.get(name));
  return {
    team: read('team', given),
    skill: read('skill', given),
    lab: read('lab', given),
    status: read('status', z.enum(statuses).nullable().catch(null)),
    sort: read('sort', z.enum(sorts).catch('name')),
    page: read('page', z.coerce.number().int().min(1).max(100_000).catch(1)),
  };
}

/** The query of an address with these filters, `?` and all; empty where nothing is filtered. */
export function queryOf(filters: Partial<TeamFilters>): string {
  const { team, skill, lab, status, sort, page } = filters;
  const pairs = Object.entries({
    team,
    skill,
    lab,
    status,
    sort: sort === 'name' ? null : sort,
    page: page === 1 ? null : page,
  }).flatMap(([name, value]) => (value ? [[name, String(value)]] : []));
  return pairs.length > 0 ? `?${new URLSearchParams(pairs).toString()}` : '';
}

/** The skills that the filters leave. */
export function skillsShown(
  { skills }: Curriculum,
  { skill, lab }: Pick<TeamFilters, 'skill' | 'lab'>,
): readonly Skill[] {
  return skills.filter(({ id, labs }) => (!skill || id === skill) && (!lab || labs.includes(lab)));
}
