/** What unfolds under the buttons. */
export type Panel = 'draw' | 'dataset';
