// Who is let in: invitations, strangers who ask, and the owners' list of people with what can be done about each.

import { plainText } from '../i18n/rich.ts';
import type { Feature } from './feature.ts';
import type { BotContext } from './context.ts';
import { createPeopleActions } from './people-actions.ts';
import { createAsks } from './people-asks.ts';
import { createPersonCard } from './people-card.ts';
import { createDoor } from './people-door.ts';
import { createInvite } from './people-invite.ts';
import { createPeopleList } from './people-list.ts';
import { createTell, words, type PeopleParts } from './people-parts.ts';

export interface PeopleSide {
  readonly features: readonly Feature[];
  /**
   * Somebody who is not let in has written or pressed, or anybody follows an invitation. `known` is called once the shop
   * knows them, before anybody else hears of it.
   */
  readonly atDoor: (ctx: BotContext, known: () => Promise<void>) => Promise<void>;
}

export function createPeople(parts: PeopleParts): PeopleSide {
  const tell = createTell(parts);
  const card = createPersonCard(parts);
  const asks = createAsks({ ...parts, tell });
  const door = createDoor({ ...parts, tell, asks });
  const late: Feature = {
    // The old button in the hands of somebody who was let in since.
    presses: { pask: (ctx) => parts.stage.toast(ctx, plainText(words(ctx).join['is-member'])) },
  };
  return {
    features: [
      late,
      asks.feature,
      createInvite(parts),
      createPeopleList({ ...parts, card }),
      createPeopleActions({ ...parts, tell, card, asks }),
    ],
    atDoor: door.atDoor,
  };
}
