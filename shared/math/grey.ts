/**
 * The grey value of a colour: its luma by ITU-R BT.601, 0.299 R + 0.587 G + 0.114 B of the values as they are stored (sRGB, not made
 * linear), which is what image programs and vision textbooks mean by grey. In the unit of its arguments.
 */
export function greyFromRgb(red: number, green: number, blue: number): number {
  return 0.299 * red + 0.587 * green + 0.114 * blue;
}
