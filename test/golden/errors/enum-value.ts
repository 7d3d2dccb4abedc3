enum Colour {
  Red = 1,
  Green,
}

/** @native */
export function isRed(colour: number): boolean {
  return colour === Colour.Red;
}
// rewritten:
const Red = 1;

/** @native */
export function isRed(colour: number): boolean {
  return colour === Red;
}
