// What the narrator of the demo says around the chat, in three languages. The chat itself speaks for itself.

export type DemoLanguage = 'ar' | 'fr' | 'en';

/** What becomes of a purchase in the demo. */
export type Ending = 'delivered' | 'refunded' | 'lost';

export type DemoWords = {
  readonly intro: string;
  readonly scene: Readonly<Record<Ending, string>>;
  /** Who of the playground's people speaks this language, and whose money they spend. */
  readonly buyer: string;
  readonly you: string;
  readonly counter: string;
  /** After `you` or `counter`: what they do besides writing. */
  readonly press: (button: string) => string;
  readonly copy: (text: string) => string;
  readonly change: string;
  readonly takeButtons: string;
  readonly books: string;
  readonly before: string;
  readonly after: string;
  readonly accepted: string;
  readonly status: Readonly<Record<'FULFILLED' | 'REFUNDED', string>>;
  readonly taken: string;
  readonly given: string;
  readonly wallet: (name: string, before: string, after: string) => string;
  readonly balanced: string;
  readonly seconds: string;
};

const DA = '\u00A0DA';

export const demoWords: Readonly<Record<DemoLanguage, DemoWords>> = {
  en: {
    intro: 'The real bot, with a simulated Telegram and a simulated provider. Nothing leaves this machine.',
    scene: {
      delivered: 'Delivered: an ADSL line is recharged',
      refunded: 'Refunded: the provider gives the money back',
      lost: 'Lost answer: the provider takes the order, but its answer never arrives',
    },
    buyer: 'a customer, from his wallet',
    you: 'You',
    counter: 'Counter',
    press: (button) => `press ${button}`,
    copy: (text) => `have copied ${text}`,
    change: 'changes its message',
    takeButtons: 'takes the buttons away',
    books: 'The books',
    before: 'Money at the provider before',
    after: 'Money at the provider after',
    accepted: 'Accepted orders',
    status: { FULFILLED: 'delivered', REFUNDED: 'refunded' },
    taken: 'taken',
    given: 'given back',
    wallet: (name, before, after) => `The wallet of ${name}: ${before} before, ${after} after`,
    balanced: 'Every confirmation bought once, and the money adds up.',
    seconds: 's',
  },
  fr: {
    intro: 'Le vrai bot, avec un Telegram et un fournisseur simulés. Rien ne sort de cette machine.',
    scene: {
      delivered: 'Livré : une ligne ADSL est rechargée',
      refunded: 'Remboursé : le fournisseur rend l’argent',
      lost: 'Réponse perdue : le fournisseur prend la commande, sa réponse n’arrive jamais',
    },
    buyer: 'une agente, sur son portefeuille',
    you: 'Vous',
    counter: 'Comptoir',
    press: (button) => `appuyez sur ${button}`,
    copy: (text) => `avez copié ${text}`,
    change: 'modifie son message',
    takeButtons: 'retire les boutons',
    books: 'Les comptes',
    before: 'Argent chez le fournisseur avant',
    after: 'Argent chez le fournisseur après',
    accepted: 'Commandes acceptées',
    status: { FULFILLED: 'livrée', REFUNDED: 'remboursée' },
    taken: 'débité',
    given: 'rendu',
    wallet: (name, before, after) => `Portefeuille de ${name} : ${before} avant, ${after} après`,
    balanced: 'Chaque confirmation a acheté une seule fois, et le compte est juste.',
    seconds: 's',
  },
  ar: {
    intro: 'البوت الحقيقي مع تيليغرام ومزوّد للتجربة. لا شيء يخرج من هذا الجهاز.',
    scene: {
      delivered: 'شحن ناجح: خط ADSL',
      refunded: 'شحن لم يتم: المزوّد يعيد المال',
      lost: 'جواب ضائع: المزوّد يقبل الطلب ولا يصل جوابه',
    },
    buyer: 'صاحب المحل، بسعر التكلفة',
    you: 'أنت',
    counter: 'المحل',
    press: (button) => `تضغط على ${button}`,
    copy: (text) => `نسخت ${text}`,
    change: 'يعدّل رسالته',
    takeButtons: 'يزيل الأزرار',
    books: 'الحساب',
    before: 'الرصيد لدى المزوّد قبل',
    after: 'الرصيد لدى المزوّد بعد',
    accepted: 'الطلبات المقبولة',
    status: { FULFILLED: 'تم شحنه', REFUNDED: 'أُعيد مبلغه' },
    taken: 'اقتُطع',
    given: 'أُعيد',
    wallet: (name, before, after) => `محفظة ${name}: ${before} قبل، ${after} بعد`,
    balanced: 'كل تأكيد اشترى مرة واحدة فقط، والحساب صحيح.',
    seconds: 'ث',
  },
};

const whole = new Intl.NumberFormat('fr-FR');

/** An amount in dinars, as the chat writes it. */
export const dinars = (language: DemoLanguage, amount: number): string =>
  `${whole.format(amount)}${language === 'ar' ? '\u00A0دج' : DA}`;
