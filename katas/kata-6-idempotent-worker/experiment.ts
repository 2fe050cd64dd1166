import type { Lab } from '../../src/kata/index.js';
import { queue } from './contract.js';
import {
  crashAt,
  crashBeforeTheAck,
  crashBeforeTheCommit,
  cutBeforeTheAck,
  flood,
  loseTheSession,
  race,
  stopUnderWay,
} from './experiment/acts.js';
import { openScene, type Scene } from './experiment/scene.js';
import type { Charge, Ledger } from './notes.js';

interface Options {
  readonly messages: number;
  readonly duplicates: number;
}

export async function experiment(lab: Lab, { messages, duplicates }: Options): Promise<void> {
  const scene = await openScene(lab);
  await play(scene, messages, duplicates);
  await lab.broker.drain(queue);
  const charges = await lab.database.query<Charge>(
    'SELECT id::text AS id, payment, account, amount FROM charges ORDER BY id',
  );
  lab.note('ledger', { charges } satisfies Ledger);
}

/** Act after act, for as long as everything is settled after each; the workers end in order. */
async function play(scene: Scene, messages: number, duplicates: number): Promise<void> {
  let worker = await scene.start();
  const goesOn = async (): Promise<boolean> => {
    if (!(await flood(scene, messages, duplicates)) || !(await cutBeforeTheAck(scene)))
      return false;
    for (const crash of crashes) {
      const next = await crash(scene, worker);
      if (!next) return false;
      worker = next;
    }
    return loseTheSession(scene);
  };
  if (!(await goesOn())) return worker.stop();

  const second = await scene.start();
  if (await race(scene)) await stopUnderWay(scene, worker);
  else await worker.stop();
  await second.stop();
}

const crashes = [
  crashBeforeTheAck,
  crashBeforeTheCommit,
  (scene, worker) => crashAt(scene, worker, 'charges'),
  (scene, worker) => crashAt(scene, worker, 'inbox'),
] satisfies ((scene: Scene, worker: Awaited<ReturnType<Lab['start']>>) => unknown)[];
