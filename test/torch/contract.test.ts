// The torch trainer as its owner sees it: the same tests as the builtin one's.
import { trainerContract } from '../contracts/trainer.ts';
import { describeTorch, tellIfSkipped, torch } from './environment.ts';

tellIfSkipped();
describeTorch('torch', () => trainerContract(torch()));
