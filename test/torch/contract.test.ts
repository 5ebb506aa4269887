// The torch trainer as its owner sees it: the same tests as the builtin one's.
import { trainerContract } from '../contracts/trainer.ts';
import { describeTorch, torch } from './environment.ts';

describeTorch('torch', () => trainerContract(torch()));
