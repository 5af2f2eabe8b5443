import { runCommand } from '../../setup/command.mjs';

/**
 * The Python that has a module, if one is found: CONVOLENS_PYTHON, else python3.
 *
 * @param {string} module
 * @returns {Promise<string | null>}
 */
export async function pythonWith(module) {
  const python = process.env['CONVOLENS_PYTHON'] ?? 'python3';
  const { code } = await runCommand(python, ['-c', `import ${module}`], { env: { TF_CPP_MIN_LOG_LEVEL: '3' } });
  return code === 0 ? python : null;
}
