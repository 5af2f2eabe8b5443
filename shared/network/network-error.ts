/** A network that cannot be built. `layer` names the one at fault; `message` says what is wrong with it and what to do. */
export class NetworkError extends Error {
  override readonly name = 'NetworkError';
  readonly layer: string;
  constructor(layer: string, reason: string) {
    super(`${layer}: ${reason}`);
    this.layer = layer;
  }
}
