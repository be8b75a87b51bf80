// The paths and rights of the server's document (docs/api), so that one that it does not have does not compile.
import type access from '../../../docs/api/access.json';
import type compliance from '../../../docs/api/compliance.json';
import type conversations from '../../../docs/api/conversations.json';
import type figures from '../../../docs/api/figures.json';
import type payments from '../../../docs/api/payments.json';
import type people from '../../../docs/api/people.json';
import type phone from '../../../docs/api/phone.json';
import type portfolio from '../../../docs/api/portfolio.json';
import type strategies from '../../../docs/api/strategies.json';
import type systems from '../../../docs/api/systems.json';
import type views from '../../../docs/api/views.json';

type Documents = typeof access | typeof compliance | typeof conversations | typeof figures | typeof payments | typeof people | typeof phone | typeof portfolio | typeof strategies | typeof systems | typeof views;
type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';

// "/v1/people/{id}/notes" as what may stand there: `people/${string}/notes`.
type Filled<Path> = Path extends `${infer Before}{${string}}${infer Behind}` ? `${Before}${string}${Filled<Behind>}` : Path;
type Below<Path> = Path extends `/v1/${infer Rest}` ? Filled<Rest> : never;
type Asked<Paths, By extends Method> = { [Path in keyof Paths]: By extends keyof Paths[Path] ? Below<Path> : never }[keyof Paths];
type OfEach<Document, By extends Method> = Document extends { paths: infer Paths } ? Asked<Paths, By> : never;

export type Route<By extends Method> = OfEach<Documents, By>;

// The document says them as values, of which a compiler knows only that they are texts: routes.test.ts holds this list against it.
export const kRights = ['own_account', 'portfolio_read', 'portfolio_write', 'people_read', 'people_write', 'conversations_read', 'conversations_write', 'payments_read', 'payments_write', 'payments_refund',
  'agreements_write', 'agreements_beyond', 'strategies_read', 'strategies_write', 'templates_read', 'templates_write', 'compliance_read', 'rights_write', 'exports_read', 'webhooks_read', 'webhooks_write',
  'settings_read', 'settings_write', 'users_write', 'keys_write', 'pause', 'operate'] as const;
export type Right = (typeof kRights)[number];
