import { Dice as SeededDice } from '../../../../shared/random/testing/dice.ts';

/** Another seed each time: a test that fails says it, and with it in `TEST_SEED` fails again. */
export class Dice extends SeededDice {
  constructor(seed = Number(process.env['TEST_SEED'] ?? Math.floor(Math.random() * 1e6))) {
    super(seed);
  }
}
