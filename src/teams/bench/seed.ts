import { sql } from 'drizzle-orm';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import { makeTestOrganisation, type TestOrganisation } from '#accounts/make-test-organisation.ts';
import { toCurriculum, type Curriculum } from '../curriculum.ts';

/** How much a made-up organisation holds. */
export interface SeedSize {
  readonly people: number;
  readonly skills: number;
}

/** As many skills as wanted, two labs and two lessons for each; every lab gives evidence of two. */
export function makeCurriculum(skills: number): Curriculum {
  const id = (index: number) => `skill-${String(1 + (index % skills)).padStart(2, '0')}`;
  const labs = Array.from({ length: skills }, (_, index) => ({
    id: `l${index + 1}`,
    title: `Lab ${index + 1}`,
    version: 1,
    skills: [id(index), id(index + 1)],
  }));
  const lessons = labs.flatMap((lab, index) =>
    [1, 2].map((number) => ({
      id: `course/lesson-${index + 1}-${number}`,
      title: `Lesson ${index + 1}.${number}`,
      skills: [id(index)],
      labs: number === 1 ? [lab.id] : [],
    })),
  );
  return toCurriculum([{ title: 'Course', lessons }], labs);
}

/**
 * Makes an organisation whose people each read most lessons and checked two labs of three once to five
 * times, with verdicts as long as real ones. The same on every run.
 */
export async function seedOrganisation(
  db: NodePgDatabase,
  { people, skills }: SeedSize,
): Promise<TestOrganisation> {
  const made = await makeTestOrganisation(db);
  const organisation = made.id;
  await db.execute(sql`INSERT INTO "user" (id, name, email)
    SELECT ${organisation} || n, 'Person ' || to_char(n, 'FM00000'), ${organisation} || n || '@example.org'
    FROM generate_series(1, ${people}::int) n`);
  await db.execute(sql`INSERT INTO member (id, organization_id, user_id, role)
    SELECT id || 'm', ${organisation}, id, 'learner' FROM "user" WHERE id LIKE ${`${organisation}%`}`);
  await db.execute(sql`INSERT INTO progress_entries (account, id, pushed_by, kind, content, received_at)
    SELECT ${organisation} || p, gen_random_uuid(), gen_random_uuid(), 'event',
      jsonb_build_object('kind', 'lesson-read', 'at', ${isoAt(sql`(p + l) % 80`)},
        'payload', jsonb_build_object('lesson', 'course/lesson-' || l || '-' || r, 'how', 'marked')),
      now()
    FROM generate_series(1, ${people}::int) p, generate_series(1, ${skills}::int) l, generate_series(1, 2) r
    WHERE (p * 7 + l * 3 + r) % 4 > 0`);
  await db.execute(sql`INSERT INTO progress_entries (account, id, pushed_by, kind, content, received_at)
    SELECT ${organisation} || p, gen_random_uuid(), gen_random_uuid(), 'event',
      jsonb_build_object('kind', 'verdict', 'at', ${isoAt(sql`(p + l) % 80 - a / 10.0`)},
        'payload', jsonb_build_object('lab', 'l' || l, 'result',
          CASE WHEN a = 1 + (p + l) % 5 AND (p + l) % 2 = 0 THEN 'pass' ELSE 'fail' END,
          'checks', (SELECT jsonb_agg(jsonb_build_object('id', 'check-' || c, 'status',
              CASE WHEN c < 3 THEN 'pass' ELSE 'fail' END, 'title', 'A check of the lab',
              'measured', md5(p::text || c) || ' of the requests were answered',
              'bar', 'at least 99 % of them', 'why', repeat('Because of this. ', 12) || md5(c::text || l),
              'hint', repeat('Look there next. ', 6)))
            FROM generate_series(1, 5) c))),
      now()
    FROM generate_series(1, ${people}::int) p, generate_series(1, ${skills}::int) l, generate_series(1, 5) a
    WHERE (p * 5 + l) % 3 > 0 AND a <= 1 + (p + l) % 5`);
  await db.execute(sql`VACUUM ANALYZE`);
  return made;
}

function isoAt(days: ReturnType<typeof sql>) {
  return sql`to_char((now() - make_interval(secs => (${days}) * 86400)) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
}
