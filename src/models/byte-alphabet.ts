/** The 256 bytes as printable characters, as GPT-2 wrote them: a space is `Ġ`, and no token holds a blank. */
export function byteAlphabet(): string[] {
  let unprintable = 256;
  return Array.from({ length: 256 }, (_, byte) => {
    const printable = (byte > 32 && byte < 127) || (byte > 160 && byte !== 173);
    return String.fromCodePoint(printable ? byte : unprintable++);
  });
}
