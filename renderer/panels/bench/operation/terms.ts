/** What of the formula of the output size a control changes. */
export type Term = 'padding' | 'dilation' | 'kernel' | 'stride';
