/**
 * What the worker may know of the environment: where programs, libraries, temporary files and GPUs are, and settings of ours and of TensorFlow's.
 *
 * Tokens, proxies and NODE_OPTIONS stay out of a process that is not sandboxed.
 */
const allowed = new Set([
  'PATH',
  'HOME',
  'USERPROFILE',
  'SYSTEMROOT',
  'LANG',
  'LC_ALL',
  'TMPDIR',
  'TEMP',
  'TMP',
  'LD_LIBRARY_PATH',
  'CUDA_VISIBLE_DEVICES',
]);

export function workerEnvironment(environment: NodeJS.ProcessEnv): Record<string, string> {
  const kept = Object.entries(environment).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && isAllowed(entry[0].toUpperCase()),
  );
  return Object.fromEntries(kept);
}

function isAllowed(name: string): boolean {
  return allowed.has(name) || name.startsWith('TF_') || name.startsWith('CONVOLENS_');
}
