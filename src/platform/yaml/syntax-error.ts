import type { YAMLParseError } from 'yaml';

interface Explanation {
  readonly message: string;
  readonly repair: string;
}

const BY_CODE: Partial<Record<YAMLParseError['code'], Explanation>> = {
  TAB_AS_INDENT: {
    message: 'found character that cannot start any token: a tab is used for indentation.',
    repair: 'Indent with spaces, two for each level.',
  },
  BAD_INDENT: {
    message: 'the indentation does not fit the lines around it.',
    repair: 'Give all keys of one map the same indentation, two spaces deeper than their parent.',
  },
  MULTILINE_IMPLICIT_KEY: {
    message: 'a key runs over several lines, so a colon is missing or the indentation is wrong.',
    repair: 'Write `key: value` with a colon and a space, and check the line above.',
  },
  MISSING_CHAR: {
    message: 'a closing quote or bracket is missing.',
    repair: 'Close the quote or bracket that starts here.',
  },
};

/** A YAML syntax error in the words of this product. */
export function explainSyntaxError(error: YAMLParseError): Explanation {
  if (error.code === 'DUPLICATE_KEY') {
    return {
      message: 'mapping key is already defined: this map has the same key twice.',
      repair: 'Keep one of them; most readers would silently lose the other.',
    };
  }
  return (
    BY_CODE[error.code] ?? {
      message: `not valid YAML: ${lowerFirst(error.message)}.`,
      repair: 'Check this line and the one above: indentation, the colon after each key, quotes.',
    }
  );
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
