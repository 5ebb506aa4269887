// The compiled builtin trainer as its owner sees it.
import { builtinTrainer } from '../../worker/choose-trainer.ts';
import { trainerContract } from '../contracts/trainer.ts';

trainerContract(builtinTrainer);
