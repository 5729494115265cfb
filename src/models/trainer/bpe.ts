import { Tokenizer } from '@huggingface/tokenizers';
import { byteAlphabet } from '../byte-alphabet.ts';

/**
 * Byte-pair encoding (Sennrich et al. 2016): start with single bytes, and again and again join the pair of
 * neighbours that occurs most often, until the vocabulary is as large as wanted. Frequent words end as one token,
 * rare ones as several, and no text is unknown because every byte has an id.
 */

/** The content of a `tokenizer.json` in the Hugging Face format. */
export type TokenizerJson = ReturnType<typeof describeTokenizer>;

type Pair = readonly [string, string];

/** `folded` drops what no class depends on (case, dates, long numbers); `exact` keeps every character, to write text. */
type TextStyle = 'folded' | 'exact';

/** The ids 0 and 1, which no text produces: see tokenizer.ts for their meaning. */
const RESERVED: Record<TextStyle, readonly string[]> = {
  folded: ['<pad>', '<hidden>'],
  exact: ['<pad>', '<end>'],
};

/** Learns a vocabulary of `size` tokens from texts; equal texts give an equal vocabulary. */
export function trainBpe(
  texts: readonly string[],
  size: number,
  style: TextStyle = 'folded',
): TokenizerJson {
  const vocabulary = [...RESERVED[style], ...byteAlphabet()];
  const words = countWords(texts, style);
  const merges: Pair[] = [];
  while (vocabulary.length < size) {
    const pair = mostFrequentPair(words);
    if (!pair) break;
    merges.push(pair);
    vocabulary.push(pair[0] + pair[1]);
    for (const word of words) word.parts = joinPair(word.parts, pair);
  }
  return describeTokenizer(vocabulary, merges, style);
}

/** One word of the corpus, as the parts it is made of so far. */
interface Word {
  parts: string[];
  readonly count: number;
}

function countWords(texts: readonly string[], style: TextStyle): Word[] {
  const { normalizer, pre_tokenizer: splitter } = new Tokenizer(
    describeTokenizer(RESERVED[style], [], style),
    {},
  );
  if (!normalizer || !splitter)
    throw new Error('The tokeniser needs a normaliser and a pre-tokeniser.');
  const counts = new Map<string, number>();
  for (const text of texts) {
    for (const word of splitter.pre_tokenize([normalizer.normalize(text)])) {
      counts.set(word, (counts.get(word) ?? 0) + 1);
    }
  }
  return [...counts].map(([word, count]) => ({ parts: Array.from(word), count }));
}

function mostFrequentPair(words: readonly Word[]): Pair | undefined {
  const counts = new Map<string, number>();
  for (const { parts, count } of words) {
    for (let i = 0; i + 1 < parts.length; i++) {
      const key = `${parts[i]} ${parts[i + 1]}`;
      counts.set(key, (counts.get(key) ?? 0) + count);
    }
  }
  let best = '';
  // Ties go to the pair that was met first: a rule is needed, or the vocabulary would depend on chance.
  for (const [key, count] of counts) if (count > (counts.get(best) ?? 1)) best = key;
  const [left, right] = best.split(' ');
  return left && right ? [left, right] : undefined;
}

function joinPair(parts: string[], [left, right]: Pair): string[] {
  const joined: string[] = [];
  for (let i = 0; i < parts.length; i++) {
    if (parts[i] === left && parts[i + 1] === right) {
      joined.push(left + right);
      i++;
    } else {
      joined.push(parts[i] as string);
    }
  }
  return joined;
}

const replace = (regex: string, content: string) => ({
  type: 'Replace',
  pattern: { Regex: regex },
  content,
});

const NORMALIZERS = {
  folded: [
    { type: 'NFKC' },
    { type: 'Lowercase' },
    // No class depends on when it happened or on which id it was; a timestamp would cost twenty tokens.
    replace(
      '\\d{2,4}[-/](\\d\\d|[a-z]{3})[-/]\\d{2,4}[t :]\\d\\d:\\d\\d(:\\d\\d)?([.,]\\d+)?z?( \\+0000)?',
      '',
    ),
    replace('\\b[0-9a-f]*\\d[0-9a-f]{7,}\\b', '#'),
    replace('\\d{5,}', '#'),
    replace('\\s+', ' '),
  ],
  exact: [{ type: 'NFC' }],
};

const WORDS: Record<TextStyle, string> = {
  folded: ' ?[a-z]+| ?[0-9]+| ?[^a-z0-9 ]+| ',
  // Digits one by one: a number is copied and counted more easily than looked up.
  exact: '\\n+| ?[A-Za-z]+| ?[0-9]| ?[^A-Za-z0-9 \\n]+| ',
};

function describeTokenizer(
  vocabulary: readonly string[],
  merges: readonly Pair[],
  style: TextStyle,
) {
  return {
    version: '1.0',
    truncation: null,
    padding: null,
    // Empty on purpose: a special token in this list could be written by whoever writes the ticket.
    added_tokens: [],
    normalizer: { type: 'Sequence', normalizers: NORMALIZERS[style] },
    pre_tokenizer: {
      type: 'Sequence',
      pretokenizers: [
        { type: 'Split', pattern: { Regex: WORDS[style] }, behavior: 'Isolated', invert: false },
        { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex: false },
      ],
    },
    post_processor: null,
    decoder: { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex: false },
    model: {
      type: 'BPE',
      dropout: null,
      unk_token: null,
      continuing_subword_prefix: null,
      end_of_word_suffix: null,
      fuse_unk: false,
      byte_fallback: false,
      vocab: Object.fromEntries(vocabulary.map((token, id) => [token, id])),
      merges: merges.map(([left, right]) => [left, right]),
    },
  };
}
