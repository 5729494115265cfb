import { expect, test } from 'vitest';
import { formatProblem } from '#platform/problem.ts';
import { lintProject } from './lint.ts';

test('content that follows the guide has no problem', async () => {
  expect((await lintProject('tests/fixtures/content/sound')).map(formatProblem)).toEqual([]);
});

test('every problem of every file is named in one run, with its line and the repair', async () => {
  const problems = await lintProject('tests/fixtures/content/broken');
  expect(`\n${problems.map(formatProblem).join('\n')}\n`).toMatchInlineSnapshot(`
    "
    content/first/01-lesson.mdx:4 labs: \`l02-empty\` is named here but not embedded in the text. Repair: Remove it from the front matter.
    content/first/01-lesson.mdx:5 sources: \`bad\` is named here but not cited in the text. Repair: Remove it from the front matter.
    content/first/01-lesson.mdx:8: \`#courses/figures/missing.astro\` does not exist. Repair: Import a figure as #courses/figures/<name>.astro.
    content/first/01-lesson.mdx:10 <Term>: There is no \`redness\` in content/glossary.yaml. Repair: Add it, or correct the id.
    content/first/01-lesson.mdx:10 <Cite>: Nobody has checked the source \`unchecked\`, so it may not be cited. Repair: Open it, find the claim, and set \`checked\` in content/sources.yaml to the day; or remove the claim.
    content/first/01-lesson.mdx:10 <Cite>: There is no source \`nobody\`. Repair: Add it to content/sources.yaml, or correct the id.
    content/first/01-lesson.mdx:10: \`nobody\` is cited here but not named in the front matter. Repair: Add it to \`sources\`.
    content/first/01-lesson.mdx:12: The link \`/courses/first/nowhere/\` leads to no page. Repair: Use the absolute address of a page, with a slash at the end, such as /glossary/.
    content/first/01-lesson.mdx:12: The link \`#nowhere\` leads to an anchor that is not on that page. Repair: Use one of: source-unchecked, source-nobody, check-two-right, check-no-why, check-kind, predict-guess, lab-l01.
    content/first/01-lesson.mdx:12: The link \`/glossary\` leads to no page. Repair: Write \`/glossary/\`.
    content/first/01-lesson.mdx:12: The link \`/glossary/#none\` leads to an anchor that is not on that page. Repair: Use one of: readiness.
    content/first/01-lesson.mdx:14: There is no component <Calout>. Repair: Import it, or use one of Callout, Check, Cite, Figure, LabLaunch, Option, Predict, Reveal, Term.
    content/first/01-lesson.mdx:16 <Callout> kind: Found "danger". Repair: Use \`note\`, \`warning\`, \`field\`, \`try\`.
    content/first/01-lesson.mdx:18 <Figure> caption: Found nothing. Repair: Add it: a string.
    content/first/01-lesson.mdx:18 <Figure> captoin: There is no field \`captoin\` here. Repair: Remove it, or correct its spelling.
    content/first/01-lesson.mdx:20 <Term>: A prop is an expression that only the build could evaluate. Repair: Write a literal: text in quotes, or a number, true or false in braces.
    content/first/01-lesson.mdx:22 <Check>: Found [{"correct":true,"why":"This one is right, too."},{"corre.... Repair: Needs exactly one \`correct\` option.
    content/first/01-lesson.mdx:32 <Option> why: Found nothing. Repair: Add it: a string.
    content/first/01-lesson.mdx:33 <Option> why: Found "short". Repair: Write a text with a length of at least 10. Every option needs a \`why\` of at least 10 characters.
    content/first/01-lesson.mdx:36 <Check> tolerance: Found nothing. Repair: Add it: a number.
    content/first/01-lesson.mdx:36 <Check> why: Found nothing. Repair: Add it: a string.
    content/first/01-lesson.mdx:36 <Check>: There is no question. Repair: Write it between the tags, before the first <Option>.
    content/first/01-lesson.mdx:36 <Check> id: \`no-why\` is also the id of the exercise in line 29. Repair: Give each exercise of a lesson its own id: answers are stored under it.
    content/first/01-lesson.mdx:40 <Check> kind: Found "guess". Repair: Use \`single\`, \`multiple\`, \`order\`, \`numeric\`.
    content/first/01-lesson.mdx:42 <Predict>: No explanation. Repair: Explain the number in one <Reveal> after the question.
    content/first/01-lesson.mdx:44 <LabLaunch>: There is no \`l01\` in labs/. Repair: Add it, or correct the id, perhaps to \`l01-ok\`.
    content/first/01-lesson.mdx:44: \`l01\` is embedded here but not named in the front matter. Repair: Add it to \`labs\`.
    content/first/01-lesson.mdx:46: <script> in a lesson. Repair: Put it into a component of src/courses/figures/.
    content/first/02-front-matter.mdx:3: The syntax is broken: Flow sequence in block collection must be sufficiently indented and end with a ]. Repair: Correct the syntax at this line.
    content/first/02-lesson.mdx: It has the same address as content/first/01-lesson.mdx. Repair: Rename one of them.
    content/first/02-lesson.mdx: It has the same number as content/first/02-front-matter.mdx. Repair: Number the lessons of a course 01, 02 and so on.
    content/first/02-lesson.mdx:8: The MDX cannot be read: Expected a closing tag for \`<Callout>\`. Repair: Close every tag and brace; write a literal { or < as {"{"} or &lt;.
    content/first/03-bare.mdx:1: There is no front matter. Repair: Begin with --- and the fields of docs/authoring.md.
    content/first/draft.mdx: No page is made from this file. Repair: Name a lesson content/<course>/NN-<slug>.mdx in lower case; move anything else out of content/.
    content/first/index.mdx:2 audience: Found nothing. Repair: Add it: a string.
    content/first/index.mdx:3 summary: Found "Too short". Repair: Write a text with a length of at least 20.
    content/first/index.mdx:4 audiance: There is no field \`audiance\` here. Repair: Remove it, or correct its spelling.
    content/glossary.yaml:5 readiness.see: There is no term \`warmup\`. Repair: Add it, or correct the id.
    content/paths/bad.yaml:5 items.0.course: There is no course \`third\`. Repair: Correct the id, for example to \`first\`, \`second\`.
    content/paths/bad.yaml:7 items.1.after.0: \`l01-ok\` is not an item above this one. Repair: Move it up, or name one of those above: \`third\`.
    content/paths/bad.yaml:9 items.3.lab: \`l01-ok\` is in this path already, as \`l01-ok\`. Repair: Remove one.
    content/paths/bad.yaml:11 items.5.lesson: \`first/lesson\` is in this path already, as \`first/lesson\`. Repair: Remove one.
    content/paths/worse.yaml:2 summary: Found "Too short". Repair: Write a text with a length of at least 20. Use 20 to 300 characters.
    content/paths/worse.yaml:3 order: Found 0. Repair: Write a number of at least 1.
    content/paths/worse.yaml:5 items.0: Found {"course":"first","lab":"l01-ok"}. Repair: Name exactly one of \`course\`, \`lesson\` and \`lab\` in each item.
    content/paths/worse.yaml:7 items.1.lesson: Found "lesson". Repair: Write a lesson as \`<course>/<lesson>\`.
    content/paths/worse.yaml:8 items.1.optinal: There is no field \`optinal\` here. Repair: Remove it, or correct its spelling.
    content/second/index.mdx:5 order: 1 is also the order of content/first/index.mdx. Repair: Give each course its own place.
    content/sources.yaml:10 1.year: Found "2024". Repair: Write a number.
    content/sources.yaml:11 1.url: Found "example.com". Repair: Write an address that starts with https:// or http://.
    content/sources.yaml:12 1.checked: Found "yesterday". Repair: Write a date as YYYY-MM-DD.
    content/sources.yaml:13 id: \`unchecked\` is also the id in line 1. Repair: Give each entry its own id.
    labs/l01-ok/brief.mdx:1: A brief has no front matter. Repair: Move it to lab.json.
    labs/l01-ok/brief.mdx:6: A brief cannot hold a lab. Repair: Link to it: /labs/<id>/.
    labs/l01-ok/brief.mdx:8 <Check> counts: Only a lesson can ask a check that counts. Repair: Remove \`counts\`, or put the check into a lesson.
    labs/l01-ok/brief.mdx:8 <Check>: Found [{"correct":true,"why":"This one is right."},{"why":"This.... Repair: A check that counts needs at least three options: of two, every second guess is right.
    labs/l01-ok/lab.json:9 images.app: \`server.ts\` is named here, but labs/l01-ok/start/server.ts does not exist. Repair: Create the file, or correct the name.
    labs/l01-ok/lab.json:10 models.0: \`none\` is named as a model, but models/none does not exist. Repair: Create the file, or correct the name.
    labs/l01-ok/lab.json:12 editable.1: \`other.yaml\` is named here, but labs/l01-ok/start/other.yaml does not exist. Repair: Create the file, or correct the name.
    labs/l01-ok/lab.json:12 editable.1: \`other.yaml\` is to be changed but not open at the start. Repair: Add it to \`open\`.
    labs/l01-ok/lab.json:13 checks.0: \`answers\` is named as a check, but labs/l01-ok/checks/answers.ts does not exist. Repair: Create the file, or correct the name.
    labs/l01-ok/lab.json:14 timeLimitSeconds: Found 3000. Repair: Write a number of at most 300.
    labs/l01-ok/lab.json:15 load.method: Found "PUT". Repair: Use \`GET\`, \`POST\`.
    labs/l02-empty/brief.mdx: The lab has no brief. Repair: Say in brief.mdx what there is to do.
    labs/l02-empty/lab.json: The lab has no lab.json. Repair: Write one, or remove the folder.
    "
  `);
});

test('the content of this repository has no problem', async () => {
  expect((await lintProject('.')).map(formatProblem)).toEqual([]);
});
