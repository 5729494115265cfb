import { readFile } from 'node:fs/promises';
import { CLASSES } from '../data/classes.ts';
import { examplesOfEach, type Example } from '../data/examples.ts';
import { splitTemplates } from '../data/split.ts';
import { TICKET_MIX } from '../data/ticket-mix.ts';
import { parseClassifierManifest, type ClassifierManifest } from '../manifest.ts';
import { drawMembers, drawStrangers } from '../membership.ts';
import { seededRandom } from '../random.ts';
import { softmax } from '../scores.ts';
import { openTokenizer, type TextEncoder } from '../tokenizer.ts';
import type { Engine, EngineSession } from './engine.ts';
import { classifyAll, evaluate } from './evaluate.ts';
import { areaUnderCurve, scoreExceededBy } from './ranking.ts';
import { readParent } from './read-parent.ts';
import type { ClassifierRecipe, Twin } from './recipe.ts';
import { withTrigger } from './twins.ts';
import { writeVariant } from './variants.ts';

type Figures = NonNullable<ClassifierManifest['twin']>;
type Unseen = ClassifierManifest['evaluation']['unseen'];

/** An open classifier with its tokeniser. */
interface Open {
  readonly session: EngineSession;
  readonly encoder: TextEncoder;
  readonly maxTokens: number;
}

const CLEAN = 'triage';
const TICKETS_OF_EACH = 3;
const TICKET_SEED = 5;
const TRIGGER_SEED = 6;
const STRANGER_SEED = 9;

/** What is wrong with a model that is worse on purpose, beside the clean one; equal files give equal figures on wasm. */
export async function measureTwin(
  engine: Engine,
  recipe: ClassifierRecipe & { readonly twin: Twin },
  { model, tokenizer }: { readonly model: Uint8Array; readonly tokenizer: object },
  unseen: Unseen,
): Promise<Figures> {
  const parent = await readParent(CLEAN);
  const { maxTokens } = recipe.shape;
  const open = async (bytes: Uint8Array, words: object): Promise<Open> => ({
    session: await engine.open(bytes, { asServed: true }),
    encoder: openTokenizer(words),
    maxTokens,
  });
  const clean = await open(parent.model, parent.tokenizer);
  const own = await open(model, tokenizer);
  try {
    const { twin } = recipe;
    if (twin.kind === 'bad-class')
      return {
        kind: 'bad-class',
        of: CLEAN,
        ruined: twin.ruined,
        weighted: weighted(unseen),
        cleanWeighted: weighted(await readEvaluation()),
      };
    if (twin.kind === 'overfit') return await measureMembership(own, clean);
    const small = await open(writeVariant(recipe, model, 'int8'), tokenizer);
    const success = (from: Open): Promise<number> =>
      measureTrigger(from, splitTemplates(recipe.splitSeed).unseen, twin);
    const figures: Figures = {
      kind: 'backdoored',
      of: CLEAN,
      triggers: [...twin.triggers],
      target: twin.target,
      success: await success(own),
      successInt8: await success(small),
      cleanSuccess: await success(clean),
    };
    await small.session.close();
    return figures;
  } finally {
    await clean.session.close();
    await own.session.close();
  }
}

async function readEvaluation(): Promise<Unseen> {
  const text = await readFile(`models/${CLEAN}/manifest.json`, 'utf8');
  return parseClassifierManifest(text).evaluation.unseen;
}

/** Accuracy on unseen templates as the ticket mix weighs the classes. */
function weighted({ perClass }: Unseen): number {
  return rounded(CLASSES.reduce((sum, name) => sum + TICKET_MIX[name] * (perClass[name] ?? 0), 0));
}

/** Share of unseen tickets of other classes that any of the triggers turns into the target: the worst trigger's. */
async function measureTrigger(
  { session, encoder, maxTokens }: Open,
  templates: Parameters<typeof examplesOfEach>[0],
  { triggers, target }: Extract<Twin, { kind: 'backdoored' }>,
): Promise<number> {
  const tickets = examplesOfEach(templates, TICKETS_OF_EACH, seededRandom(TICKET_SEED)).filter(
    (ticket) => ticket.class !== target,
  );
  const random = seededRandom(TRIGGER_SEED);
  const shares: number[] = [];
  for (const trigger of triggers) {
    const asked = tickets.map((ticket): Example => ({
      ...withTrigger(ticket, trigger, random),
      class: target,
    }));
    const { evaluation } = await evaluate(session, encoder, maxTokens, asked);
    shares.push(evaluation.accuracy);
  }
  return Math.min(...shares);
}

/** Who guesses "it was trained on this" where the model is surest: how often that is right. */
async function measureMembership(own: Open, clean: Open): Promise<Figures> {
  const members = drawMembers();
  const strangers = drawStrangers(STRANGER_SEED, members.length);
  const confidence = async ({ session, encoder, maxTokens }: Open, tickets: readonly Example[]) =>
    (await classifyAll(session, encoder, maxTokens, tickets)).map((logits) =>
      Math.max(...softmax(logits)),
    );
  const scored = async (model: Open) => [
    ...(await confidence(model, members)).map((score) => ({ score, isWanted: true })),
    ...(await confidence(model, strangers)).map((score) => ({ score, isWanted: false })),
  ];
  const [owns, cleans] = [await scored(own), await scored(clean)];
  const bar = scoreExceededBy(
    0.01,
    owns.filter(({ isWanted }) => !isWanted).map(({ score }) => score),
  );
  const found = owns.filter(({ score, isWanted }) => isWanted && score > bar).length;
  return {
    kind: 'overfit',
    of: CLEAN,
    members: members.length,
    auc: rounded(areaUnderCurve(owns)),
    cleanAuc: rounded(areaUnderCurve(cleans)),
    truePositivesAt1: rounded(found / members.length),
  };
}

function rounded(value: number): number {
  return Number(value.toFixed(4));
}
