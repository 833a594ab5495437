// What is said of wallets in Arabic. Lines begin with an Arabic word; numbers, names and commands are isolated.

import { add, subtract, type Centimes } from '../../domain/money.ts';
import { da, ltr } from '../arabic.ts';
import { clockTime, dateTime } from '../format.ts';
import { bold, code, lines, rich, type Rich } from '../rich.ts';
import type { WalletsSentences } from './en.ts';
import type { MoneyWords, Named } from './facts.ts';

const L = 'ar';
const signed = (amount: Centimes): string => `${amount > 0 ? '+' : ''}${da(amount)}`;
const who = ({ name, handle }: Named): Rich => rich`${ltr(bold(name))} (${ltr(handle)})`;
const then = (balance: Centimes, amount: Centimes): string =>
  `الرصيد: ${da(balance)}، ثم ${da(add(balance, amount))}`;

const no: MoneyWords = {
  'owners-only': '⛔ هذا لأصحاب المحل فقط.',
  'no-such-person': '⚠️ لا أحد في هذا المحل بهذا الرقم أو الاسم. تحقق منه وأرسله من جديد.',
  frozen: '⛔ دخولك إلى هذا المحل مغلق حاليا. لم يتحرك أي مبلغ. اتصل بالمحل.',
  'not-a-member': '⛔ لم يعد لك دخول إلى هذا المحل. لم يتحرك أي مبلغ. اتصل بالمحل.',
  'too-late': '⚠️ هذا التأكيد قديم جدا. لم يتحرك أي مبلغ. أرسل الأمر من جديد.',
  'agents-to-customers': '⛔ الوكيل وحده يمنح الرصيد، وللزبون فقط. لم يتحرك أي مبلغ.',
  'to-oneself': '⚠️ هذه محفظتك أنت. لم يتحرك أي مبلغ. اختر زبونا.',
  'no-reason': '⚠️ التصحيح يحتاج إلى سبب. لم يتحرك أي مبلغ. أرسل الأمر من جديد مع السبب.',
};

export const ar: WalletsSentences = {
  buttons: {
    cancel: 'إلغاء',
    put: (amount) => `✅ أضف ${da(amount)}`,
    correct: (amount) => `✅ صحّح بـ ${signed(amount)}`,
    give: (amount) => `✅ امنح ${da(amount)}`,
    refuse: 'رفض',
    older: 'الأقدم',
    newest: 'الأحدث',
    file: 'في ملف',
    askMissing: (amount) => (amount === null ? 'اطلب رصيدا من المحل' : `اطلب ${da(amount)} من المحل`),
    goOn: 'متابعة الشراء',
    letGo: 'ترك الشراء',
  },

  cancelled: 'أُلغيت العملية. لم يتحرك أي مبلغ.',
  no,
  faults: {
    'not-an-amount': '⚠️ هذا ليس مبلغا. أرسل دنانير كاملة بالأرقام، دون نقطة ولا فاصلة، مثل 2000.',
    negative: '⚠️ يجب أن يكون المبلغ أكبر من صفر. أرسله دون علامة ناقص، مثل 2000.',
    zero: '⚠️ يجب أن يكون المبلغ أكبر من صفر. أرسله بالدينار، مثل 2000.',
    fraction: '⚠️ دنانير كاملة فقط، دون سنتيمات. أرسل المبلغ من جديد، مثل 2000.',
    'too-much': '⚠️ هذا أكثر مما تقبله المحفظة دفعة واحدة. تحقق من المبلغ وأرسله من جديد.',
  },

  usage: {
    deposit: rich`أرسل مثلا: ${ltr(code('/deposit @nadia 2000'))}`,
    correct: rich`أرسل مثلا مع السبب: ${ltr(code('/correct @nadia -300 خطأ في العد'))}`,
    transfer: (example) => rich`أرسل مثلا: ${ltr(code(`/transfer ${example} 500`))}`,
    statement: rich`محفظة شخص ما: ${ltr(code('/statement @nadia'))}`,
  },
  toWhom: 'إلى أي زبون؟',
  whom: 'محفظة من؟',
  nobodyYet: 'لا أحد له محفظة هنا بعد. ادعُ شخصا أولا.',
  whichOne: 'يحمل هذا الاسم عدة أشخاص. محفظة من؟',
  severalHave: '⚠️ حمل عدة أشخاص هذا الاسم. أرسل رقم الشخص بدلا منه.',
  isOwner: '⚠️ أصحاب المحل لا محفظة لهم، فهم يشترون برصيد المحل.',

  howMuch: (person, balance) =>
    lines(
      rich`كم تضيف إلى محفظة ${who(person)}؟`,
      balance === null ? null : `الرصيد: ${da(balance)}`,
      'أرسل المبلغ بالدينار، مثل 2000.',
    ),
  confirmDeposit: (person, amount, balance) =>
    lines(rich`هل تضيف ${bold(da(amount))} إلى محفظة ${who(person)}؟`, then(balance, amount)),
  deposited: (person, amount, balance) =>
    lines(rich`✅ أُضيف ${bold(da(amount))} إلى محفظة ${who(person)}.`, `الرصيد: ${da(balance)}`),
  depositTold: (amount, balance) =>
    lines(rich`✅ أضاف المحل ${bold(da(amount))} إلى محفظتك.`, `الرصيد: ${da(balance)}`),
  notReached: (person) => rich`⚠️ تعذر إخبار ${who(person)}، فالمحادثة مع البوت مغلقة.`,

  howMuchWrong: (person, balance) =>
    lines(
      rich`بكم تُصحَّح محفظة ${who(person)}، ولماذا؟`,
      `الرصيد: ${da(balance)}`,
      rich`أرسل الاثنين، مثل ${ltr(code('-300 خطأ في العد'))}.`,
    ),
  reasonMissing: rich`⚠️ السبب ناقص. أرسل الاثنين، مثل ${ltr(code('-300 خطأ في العد'))}.`,
  whyCorrect: (person, amount) =>
    lines(
      rich`لماذا تُصحَّح محفظة ${who(person)} بـ ${bold(signed(amount))}؟`,
      'أرسل السبب، وسيقرؤه صاحب المحفظة أيضا.',
    ),
  confirmCorrection: (person, amount, balance, reason) =>
    lines(
      rich`هل تصحح محفظة ${who(person)} بـ ${bold(signed(amount))}؟`,
      then(balance, amount),
      rich`السبب: ${ltr(reason)}`,
    ),
  corrected: (person, amount, balance, reason) =>
    lines(
      rich`✅ صُحّحت محفظة ${who(person)} بـ ${bold(signed(amount))}.`,
      `الرصيد: ${da(balance)}`,
      rich`السبب: ${ltr(reason)}`,
    ),
  correctionTold: (amount, balance, reason) =>
    lines(
      rich`✅ صحّح المحل محفظتك بـ ${bold(signed(amount))}.`,
      `الرصيد: ${da(balance)}`,
      rich`السبب: ${ltr(reason)}`,
    ),
  correctionShort: (person, available, held) =>
    lines(
      rich`⛔ لم يتحرك أي مبلغ: أقصى ما يمكن سحبه من ${who(person)} هو ${da(available)}.`,
      held === 0 ? 'اسحب مبلغا أقل.' : `محجوز لطلبات جارية: ${da(held)}. اسحب مبلغا أقل أو انتظر حتى تنتهي.`,
    ),
  draftLost: '⚠️ لم يعد هذا التأكيد مستعملا. راجع كشف الحساب قبل أن ترسله من جديد.',
  movedBefore: (balance) => lines('تم هذا من قبل، ولم يتحرك المبلغ مرتين.', `الرصيد: ${da(balance)}`),

  howMuchCredit: lines(
    'كم تحتاج من الرصيد؟ أرسل المبلغ بالدينار، مثل 2000.',
    'يمكنك إرسال صورة وصل الدفع معه: اكتب المبلغ تحت الصورة.',
  ),
  slipHere: 'وصلت الصورة. أرسل الآن المبلغ بالدينار، مثل 2000.',
  asked: (amount) => rich`⏳ طلبك ${bold(da(amount))} عند المحل. سيصلك الجواب هنا.`,
  askedMissing: (amount, until) =>
    lines(
      amount === null ? '⏳ طلب الرصيد عند المحل.' : rich`⏳ طلبك ${bold(da(amount))} عند المحل.`,
      until === null
        ? 'سيصلك الجواب في المحادثة الخاصة.'
        : rich`شراؤك محفوظ حتى الساعة ${ltr(clockTime(L, until))} وسيعود وحده.`,
    ),
  notAsked: {
    'not-a-member': no['not-a-member'],
    frozen: no.frozen,
    'too-many': '⚠️ لك ثلاثة طلبات لم يُجب عنها بعد. انتظر جواب المحل.',
  },
  nobodyReached: '⚠️ تعذر إخبار أي من أصحاب المحل الآن. طلبك محفوظ، اتصل بالمحل.',

  request: (person, amount, balance, at) =>
    lines(
      rich`⚠️ يطلب ${who(person)} مبلغ ${bold(da(amount))}.`,
      then(balance, amount),
      `التاريخ: ${dateTime(L, at)}`,
    ),
  granted: (person, amount, owner, at) =>
    lines(
      rich`✅ أُضيف ${bold(da(amount))} إلى محفظة ${who(person)}.`,
      rich`بواسطة ${ltr(owner)}، ${dateTime(L, at)}`,
    ),
  turnedDown: (person, amount, owner, at) =>
    lines(
      rich`⛔ طلب ${who(person)} مبلغ ${bold(da(amount))} ورُفض طلبه.`,
      rich`بواسطة ${ltr(owner)}، ${dateTime(L, at)}`,
    ),
  turnedDownTold: (amount) =>
    rich`⛔ لم يضف المحل ${bold(da(amount))} التي طلبتها. لم يُخصم شيء. اتصل بالمحل.`,
  requestGone: 'لم يعد هذا الطلب مفتوحا. لم يتحرك أي مبلغ.',

  confirmTransfer: (person, amount, balance) =>
    lines(
      rich`هل تمنح ${bold(da(amount))} من محفظتك إلى ${who(person)}؟`,
      `رصيدك: ${da(balance)}، ثم ${da(subtract(balance, amount))}`,
    ),
  given: (person, amount, balance) =>
    lines(rich`✅ مُنح ${bold(da(amount))} إلى ${who(person)}.`, `رصيدك: ${da(balance)}`),
  givenTold: (agent, amount, balance) =>
    lines(rich`✅ أضاف ${ltr(agent.name)} مبلغ ${bold(da(amount))} إلى محفظتك.`, `الرصيد: ${da(balance)}`),
  transferShort: (available) =>
    rich`⚠️ لم يتحرك أي مبلغ: أقصى ما يمكنك منحه ${da(available)}. أرسل مبلغا أقل، أو اطلب من المحل: ${ltr('/deposit')}.`,
  ownersDeposit: rich`أصحاب المحل يضيفون الرصيد إلى المحافظ بـ ${ltr('/deposit')}.`,

  ownersStatement: rich`أصحاب المحل ينفقون رصيد المحل ولا محفظة لهم. لعرضه أرسل ${ltr('/balance')}.`,
  statement: ({ person, balance, held, ceiling }) =>
    lines(
      person === null ? bold('محفظتك') : rich`محفظة ${who(person)}`,
      rich`الرصيد: ${bold(da(balance))}`,
      ceiling === 0 ? null : `الائتمان: ${da(ceiling)}`,
      held === 0 ? null : `محجوز للطلبات الجارية: ${da(held)}`,
    ),
  nothingMoved: 'لم يدخل شيء ولم يخرج شيء بعد.',
  row: (what, amount, balance, at) =>
    rich`${what}: ${bold(signed(amount))} · ${dateTime(L, at)} · الرصيد ${da(balance)}`,
  what: {
    deposit: 'إيداع',
    correction: (reason) => rich`تصحيح (${ltr(reason)})`,
    transferIn: (name) => rich`من ${ltr(name)}`,
    transferOut: (name) => rich`إلى ${ltr(name)}`,
    hold: (number) => (number === null ? 'طلب' : rich`الطلب رقم ${ltr(number)}`),
    release: (number) => (number === null ? 'طلب أُعيد مبلغه' : rich`الطلب رقم ${ltr(number)}، أُعيد المبلغ`),
  },
  somebody: 'شخص',
  file: {
    date: 'التاريخ',
    what: 'العملية',
    order: 'رقم الطلب',
    amount: 'المبلغ (دج)',
    balance: 'الرصيد (دج)',
    note: 'ملاحظة',
  },
  fileKinds: {
    deposit: 'إيداع',
    correction: 'تصحيح',
    transferIn: 'وارد',
    transferOut: 'ممنوح',
    hold: 'طلب',
    release: 'مبلغ معاد',
  },
  fileCaption: (at) => `المحفظة في ${dateTime(L, at)}`,
  fileFailed: '⚠️ تعذر إرسال الملف. أعد المحاولة بعد دقيقة.',

  forPerson: (person) => rich`إلى ${ltr(person)}`,
  kept: 'الشراء محفوظ لمدة 30 دقيقة.',
  notKept: 'لم يعد هذا الشراء محفوظا: عاد إليك أو انتهى. هذا الضغط لم يغيّر شيئا.',
  cameBack: 'عاد الشراء الذي كان ينتظر هنا، وتتمته في الأسفل.',
  canGoOn: '✅ وصل رصيد جديد، ولك شراء لا يزال ينتظر. أكمل هذا الشراء أو تابع ذاك.',
};
