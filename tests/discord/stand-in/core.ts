import type { Changes } from './changes.ts';
import type { Clock } from './clock.ts';
import type { Gateway } from './gateway.ts';
import type { Interaction } from './interaction.ts';
import type { World } from './world.ts';

/** What the REST routes and the driving side share. */
export interface Core {
  readonly world: World;
  readonly clock: Clock;
  readonly changes: Changes;
  readonly gateway: Gateway;
  /** By token. */
  readonly interactions: Map<string, Interaction>;
  /** `http://127.0.0.1:PORT` */
  readonly origin: string;
  readonly token: string;
}
