// Who is there in a history, and what can be bought: the same in each, so that a story reads like the last one.

export const OWNERS = [11, 12] as const;
export const AGENTS = [21, 22] as const;
export const CUSTOMERS = [31, 32] as const;
export const STRANGER = 91;
export const GROUP = -1001;
/** What the group is called once it has become a supergroup. */
export const GROUP_AFTER = -1002;

/** Everybody who may buy, in the order in which a history is peopled. */
export const EVERYBODY = [...OWNERS, ...AGENTS, ...CUSTOMERS] as const;

export type Service = 'ADSL' | '4G';

interface Bought {
  readonly service: Service;
  readonly line: string;
}

export const LINES: readonly [Bought, ...Bought[]] = [
  { service: 'ADSL', line: '036362608' },
  { service: 'ADSL', line: '036000001' },
  { service: 'ADSL', line: '036000003' },
  { service: '4G', line: '213472731602' },
];

/** Documented nowhere as a line: the provider refuses it. */
export const WRONG_LINE: Bought = { service: 'ADSL', line: '029000000' };

/** Asked for by the troublemaker of a history alone. */
export const TROUBLED_LINE: Bought = { service: 'ADSL', line: '036000020' };
