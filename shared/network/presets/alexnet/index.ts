export { alexnetCifar } from './cifar.ts';
export { alexnetOneTower } from './one-tower.ts';
export { alexnet } from './paper.ts';
export { alexnetReleased } from './released.ts';
export { alexnetTorchvision } from './torchvision.ts';
