/** Where the three matrices of a window's arithmetic stand, and how large. */
export type ArithmeticLayout = {
  /** Values × weights in one line, = products in the next. */
  readonly isWrapped: boolean;
  /** All channels under each other; else one at a time. */
  readonly allChannels: boolean;
  /** Too many or too small for numbers: cells of colour. */
  readonly shows: 'numbers' | 'cells';
  /** CSS pixels. */
  readonly cellWidth: number;
  readonly cellHeight: number;
  readonly font: number;
  /** Digits after the point. */
  readonly decimals: number;
};

export type ArithmeticSize = {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  /** Characters of the longest number without its point and what follows that. */
  readonly characters: number;
};

/** CSS pixels around the cells. */
export const spacing = {
  /** × and = between matrices. */
  sign: 22,
  caption: 18,
  betweenChannels: 6,
  /** The letter of a channel before its matrices. */
  channelName: 18,
  /** Sums at the end of a line. */
  sums: 66,
  /** Chooses one of the channels. */
  chooser: 34,
  /** The line that says one product in full; in two lines of one channel it has its place beside the products. */
  term: 28,
  /** The rule of a pooling, in two lines at most. */
  rule: 46,
} as const;

/** Numbers smaller than this are not read. */
const leastFont = 9.5;
/** Numbers of this size are read by all: a third digit is worth more than larger ones. */
const goodFont = 12;
const mostFont = 19;
/** Width of a digit of IBM Plex Mono, in font sizes. */
const digitWidth = 0.6;

type Try = Pick<ArithmeticLayout, 'isWrapped' | 'allChannels' | 'decimals'>;

/** The layout whose numbers are largest; cells of colour if they would be too small. */
export function layoutOf(
  size: ArithmeticSize,
  room: { readonly width: number; readonly height: number },
): ArithmeticLayout {
  const channelChoices = size.channels === 1 ? [true] : [true, false];
  const tries: Try[] = channelChoices.flatMap((allChannels) =>
    [false, true].flatMap((isWrapped) => [3, 2].map((decimals) => ({ allChannels, isWrapped, decimals }))),
  );
  let best: ArithmeticLayout | null = null;
  let bestWorth = 0;
  for (const how of tries) {
    const { across, down } = cellRoom(size, room, how, size.channels > 1);
    const characters = size.characters + 1 + how.decimals;
    const font = fontFor(across, down, characters);
    if (font < leastFont) continue;
    // A third digit, one line, and all channels at once are worth numbers that are a little smaller.
    const worth =
      Math.min(font, 16) * (how.decimals === 2 ? 0.8 : 1) * (how.isWrapped ? 0.8 : 1) * (how.allChannels ? 1 : 0.7);
    if (worth <= bestWorth) continue;
    bestWorth = worth;
    best = numbersOf(how, font, characters, across, down);
  }
  return best ?? cellsOfColour(size, room, channelChoices);
}

/** The largest letters with which numbers of so many characters fit in a cell. */
function fontFor(across: number, down: number, characters: number): number {
  return Math.min(mostFont, across / (characters * digitWidth + 0.5), down / 1.6);
}

function numbersOf(how: Try, font: number, characters: number, across: number, down: number): ArithmeticLayout {
  const cellWidth = Math.floor(Math.min(across, font * (characters * digitWidth + 1.4)));
  const cellHeight = Math.floor(Math.min(down, font * 2.2, cellWidth));
  return { ...how, shows: 'numbers', cellWidth, cellHeight, font: Math.floor(font * 2) / 2 };
}

const leastCell = 4;
const mostCell = 26;

function cellsOfColour(
  size: ArithmeticSize,
  room: { readonly width: number; readonly height: number },
  channelChoices: readonly boolean[],
): ArithmeticLayout {
  let best: ArithmeticLayout | null = null;
  for (const allChannels of channelChoices) {
    for (const isWrapped of [false, true]) {
      const { across, down } = cellRoom(size, room, { allChannels, isWrapped }, true);
      const side = Math.max(leastCell, Math.min(mostCell, Math.floor(Math.min(across, down))));
      // All channels at once are worth cells that are a little smaller.
      const isBetter = !best || side > best.cellWidth * (best.allChannels && !allChannels ? 1.6 : 1);
      if (isBetter) {
        best = { isWrapped, allChannels, shows: 'cells', cellWidth: side, cellHeight: side, font: 11, decimals: 3 };
      }
    }
  }
  return best!;
}

/** How many CSS pixels a cell may take. */
function cellRoom(
  { height, width, channels }: ArithmeticSize,
  room: { readonly width: number; readonly height: number },
  { isWrapped, allChannels }: Pick<Try, 'isWrapped' | 'allChannels'>,
  hasSums: boolean,
): { across: number; down: number } {
  const blocks = allChannels ? channels : 1;
  const lines = isWrapped ? 2 : 1;
  const matrices = isWrapped ? 2 : 3;
  // In two lines, = stands where the names do.
  const name = isWrapped ? spacing.sign : channels > 1 ? spacing.channelName : 0;
  // In two lines the sums stand beside the second one's only matrix, where there is room.
  const sums = hasSums && !isWrapped ? spacing.sums : 0;
  const across = room.width - name - sums - spacing.sign * (isWrapped ? 1 : 2);
  const chooser = allChannels ? 0 : spacing.chooser;
  const captions = spacing.caption * (isWrapped ? blocks * lines : 1);
  const term = isWrapped && blocks === 1 ? 0 : spacing.term;
  // Two pixels for the outlines at either end.
  const down = room.height - 4 - term - chooser - captions - spacing.betweenChannels * (blocks * lines - 1);
  return { across: across / (matrices * width), down: down / (blocks * lines * height) };
}

/** The layout of two matrices side by side. */
export function layoutOfPair(
  size: ArithmeticSize,
  room: { readonly width: number; readonly height: number },
): ArithmeticLayout {
  const across = (room.width - spacing.sign) / (2 * size.width);
  const down = (room.height - 4 - spacing.caption - spacing.rule) / size.height;
  for (const decimals of [3, 2]) {
    const characters = size.characters + 1 + decimals;
    const font = fontFor(across, down, characters);
    if (font >= (decimals === 3 ? goodFont : leastFont))
      return numbersOf({ isWrapped: false, allChannels: true, decimals }, font, characters, across, down);
  }
  const side = Math.max(leastCell, Math.min(mostCell, Math.floor(Math.min(across, down))));
  return {
    isWrapped: false,
    allChannels: true,
    shows: 'cells',
    cellWidth: side,
    cellHeight: side,
    font: 11,
    decimals: 3,
  };
}
