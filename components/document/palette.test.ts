import { describe, expect, it } from 'vitest';
import { chooseColour, colourOf, isColour, PALETTE } from './palette';

/** Relative luminance as WCAG 2 defines it. */
function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [light = 0, dark = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
}

describe('a colour of the palette', () => {
  it.each(PALETTE)('%s carries white text, and stands out on either theme', (colour) => {
    expect(contrast(colour, '#ffffff')).toBeGreaterThanOrEqual(4.5);
    // The surfaces of app/globals.css: carets are graphics, which need 3.
    expect(contrast(colour, '#fffefd')).toBeGreaterThanOrEqual(3);
    expect(contrast(colour, '#1d191c')).toBeGreaterThanOrEqual(3);
  });

  it('is told from everything else', () => {
    expect(isColour(PALETTE[0])).toBe(true);
    expect(isColour('red')).toBe(false);
    expect(isColour(`${PALETTE[0]};}*{display:none`)).toBe(false);
  });
});

describe('people who came at once', () => {
  it('end with different colours while there are enough', () => {
    const people = Array.from({ length: PALETTE.length }, (_, index) => {
      const id = index * PALETTE.length + 5;
      return { id, colour: colourOf(id) };
    });
    for (let round = 0; round < PALETTE.length; round++) {
      // All look at the same moment, before anybody has heard of another's choice.
      const choices = people.map((me) =>
        chooseColour(
          me,
          people.filter(({ id }) => id !== me.id),
        ),
      );
      people.forEach((person, index) => {
        person.colour = choices[index] ?? person.colour;
      });
    }
    expect(new Set(people.map(({ colour }) => colour)).size).toBe(PALETTE.length);
    expect(people[0]?.colour).toBe(colourOf(5));
  });

  it('keep theirs when there are more than colours', () => {
    const others = PALETTE.map((colour, id) => ({ id, colour }));
    expect(chooseColour({ id: 999, colour: PALETTE[3] }, others)).toBe(PALETTE[3]);
  });
});
