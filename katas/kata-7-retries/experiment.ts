import type { BrokerKind, Lab } from '../../src/kata/index.js';
import { failed, hasSlowConfirms, waits, work, type Amounts } from './contract.js';
import { Play } from './experiment/play.js';
import { Scene } from './experiment/scene.js';
import { slowConfirms } from './experiment/slow-confirms.js';
import type { ConsumersNote, EndNote } from './notes.js';

type Options = Amounts & { readonly broker: BrokerKind };

export async function experiment(lab: Lab, options: Options): Promise<void> {
  const queue = await lab.workQueue(options.broker);
  await queue.declare(work, { consumed: true });
  await queue.declare(failed);
  const scene = new Scene(lab, options);
  const upstream = await scene.open();
  const count = async (when: ConsumersNote['when']): Promise<void> => {
    if (options.broker !== 'rabbitmq') return;
    const { consumers } = await lab.broker.depth(work);
    lab.note('consumers', { when, consumers } satisfies ConsumersNote);
  };
  const program = await lab.start({ ...queue.through, upstream });
  await count('healthy');
  const play = new Play(lab, queue, scene, options);
  let why: EndNote['why'] = (await lab.act('load', () => play.load())) ?? 'over';
  // What never waits has nothing to lose in a pause.
  if (why === 'over' && waits(lab.strategy))
    why = (await lab.act('wave', () => play.wave())) ?? why;
  await count('end');
  await program.stop();
  if (why === 'over' && hasSlowConfirms(lab.strategy, options.broker))
    why =
      (await lab.act('slow-confirms', () =>
        slowConfirms(lab, { queue, scene, upstream }, options),
      )) ?? why;
  lab.note('end', { why } satisfies EndNote);
  await queue.drain(work);
  await queue.drain(failed);
}
