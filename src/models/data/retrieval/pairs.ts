import { seededRandom, type Random } from '#models/random.ts';
import { CLASSES, type TriageClass } from '../classes.ts';
import { dressTicket } from '../dress.ts';
import { fillTemplate } from '../fill.ts';
import { drawRunbookFor } from '../runbooks/draw.ts';
import { KNOWLEDGE } from '../runbooks/knowledge.ts';
import { SERVICES } from '../slots.ts';
import { QUESTIONS } from './questions.ts';

/** A symptom with the ways to ask about it. */
interface Topic {
  readonly class: TriageClass;
  readonly symptom: string;
  /** Wordings to train on, and two that only measure. */
  readonly wordings: readonly string[];
  readonly unseenWordings: readonly string[];
}

/** A symptom of a service: there is one runbook for each. */
export interface Pair {
  readonly topic: Topic;
  readonly service: string;
}

/** What is trained on, and what only measures. */
export interface PairSplit {
  /** Symptoms to train on. */
  readonly topics: readonly Topic[];
  readonly trained: readonly Pair[];
  /** Pairs of the same symptoms whose runbook is never trained on. */
  readonly heldOut: readonly Pair[];
  /** All pairs of symptoms that are never trained on. */
  readonly newSymptoms: readonly Pair[];
}

const HELD_OUT_SHARE = 0.25;
const UNSEEN_WORDINGS = 2;

/** Splits symptoms, pairs and wordings by a seeded shuffle: one symptom of each class, a quarter of the pairs, two wordings of each symptom. */
export function splitPairs(seed: number): PairSplit {
  const random = seededRandom(seed);
  const [topics, unseen]: [Topic[], Topic[]] = [[], []];
  for (const name of CLASSES) {
    const order = random.shuffle(KNOWLEDGE[name].symptoms.map((_, index) => index));
    order.forEach((index, place) =>
      (place === 0 ? unseen : topics).push(topicOf(name, index, random)),
    );
  }
  const pairs = random.shuffle(pairsOf(topics));
  const heldOut = Math.round(pairs.length * HELD_OUT_SHARE);
  return {
    topics,
    heldOut: pairs.slice(0, heldOut),
    trained: pairs.slice(heldOut),
    newSymptoms: pairsOf(unseen),
  };
}

/** A ticket about the pair, in one of the given wordings, as a person sends it. */
export function drawQuestion(
  { service }: Pair,
  wordings: readonly string[],
  random: Random,
): string {
  const wording = random.pick(wordings).replaceAll('<svc>', service);
  return dressTicket(fillTemplate(wording, random), random);
}

/** The pair's runbook: other steps and numbers for every random stream. */
export function drawAnswer({ topic, service }: Pair, random: Random): string {
  return drawRunbookFor(topic.class, topic.symptom, service, random);
}

function topicOf(name: TriageClass, index: number, random: Random): Topic {
  const symptom = KNOWLEDGE[name].symptoms[index];
  const order = random.shuffle(QUESTIONS[name][index] ?? []);
  if (symptom === undefined || order.length <= UNSEEN_WORDINGS)
    throw new Error(`Symptom ${index} of ${name} has no questions. Add them to questions.ts.`);
  return {
    class: name,
    symptom,
    wordings: order.slice(UNSEEN_WORDINGS),
    unseenWordings: order.slice(0, UNSEEN_WORDINGS),
  };
}

function pairsOf(topics: readonly Topic[]): Pair[] {
  return topics.flatMap((topic) => SERVICES.map((service) => ({ topic, service })));
}
