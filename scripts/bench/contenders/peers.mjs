import { join } from 'node:path';
import { peerContender } from './peer.mjs';
import { pythonWith } from './python.mjs';

/** For both libraries that build on TensorFlow. */
const tensorflow = { TF_ENABLE_ONEDNN_OPTS: '1', TF_CPP_MIN_LOG_LEVEL: '3' };

export const layersApi = 'tfjs Layers API';

/**
 * All that can train `network` here beside the lab: the Layers API, and Keras and PyTorch where a Python with them is found.
 *
 * @param {'lenet5' | 'alexnet'} network
 * @param {number} batch
 * @param {(line: string) => void} say
 * @returns {Promise<import('../race.mjs').Contender[]>}
 */
export async function peersFor(network, batch, say) {
  const beside = (/** @type {string} */ file) => join(import.meta.dirname, file);
  const keras = await pythonWith('keras, tensorflow');
  const torch = await pythonWith('torch');
  if (!keras) say('Keras: no Python with it was found (CONVOLENS_PYTHON names one).');
  if (!torch) say('PyTorch: no Python with it was found (CONVOLENS_PYTHON names one).');
  const size = String(batch);
  /** @type {[string, string, string[]][]} */
  const peers = [
    [layersApi, process.execPath, [beside('layers-api.mjs'), network, size]],
    ...(keras ? /** @type {const} */ (['fit', 'xla']) : []).map((mode) => {
      const name = mode === 'fit' ? 'Keras' : 'Keras with XLA';
      return /** @type {[string, string, string[]]} */ ([name, keras, [beside('keras_peer.py'), network, mode, size]]);
    }),
    ...(torch ? /** @type {const} */ (['eager', 'compile']) : []).map((mode) => {
      const name = mode === 'eager' ? 'PyTorch' : 'PyTorch compiled';
      return /** @type {[string, string, string[]]} */ ([name, torch, [beside('torch_peer.py'), network, mode, size]]);
    }),
  ];
  const contenders = [];
  for (const [name, command, args] of peers) {
    try {
      contenders.push(await peerContender(name, command, args, tensorflow));
    } catch (error) {
      say(`${name} did not start: ${error instanceof Error ? error.message.slice(-300) : error}`);
    }
  }
  return contenders;
}
