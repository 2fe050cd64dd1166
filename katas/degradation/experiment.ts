import type { Lab } from '../../src/kata/index.js';
import { plays, scenes, type Limits, type Scene } from './contract.js';
import { Clients } from './experiment/clients.js';
import { playFlood } from './experiment/flood.js';
import { playHang } from './experiment/hang.js';
import { playOverload } from './experiment/overload.js';
import { playSpike } from './experiment/spike.js';
import type { Surroundings } from './experiment/stand.js';

const play: Readonly<Record<Scene, (around: Surroundings) => Promise<void>>> = {
  hang: playHang,
  flood: playFlood,
  overload: playOverload,
  spike: playSpike,
};

/** The spike compares all strategies; the other acts are played where one is to survive them. */
export async function experiment(lab: Lab, limits: Limits): Promise<void> {
  const around = { lab, limits, clients: new Clients(lab.random, limits) };
  for (const scene of scenes)
    if (plays(lab.strategy, scene)) await lab.act(scene, () => play[scene](around));
}
