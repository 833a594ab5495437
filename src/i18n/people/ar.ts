// What is said about people in Arabic. Lines begin with an Arabic word; numbers, names and Latin words are isolated.

import type { GivenRole } from '../../domain/shop.ts';
import { da, ltr } from '../arabic.ts';
import { dateTime } from '../format.ts';
import { bold, code, lines, rich, type Rich } from '../rich.ts';
import type { PeopleSentences } from './en.ts';
import { fullName, nameOf, ruleText, signed, type Outside, type PersonFacts, type Tab } from './facts.ts';

const L = 'ar';
const as: Record<GivenRole, string> = { agent: 'بصفة وكيل', customer: 'بصفة زبون' };
const outside: Record<Outside, string> = {
  asking: '⚠️ ينتظر جوابك',
  refused: 'لم يُقبل',
  removed: '⛔ أُزيل من المحل',
};
const roleLine = ({ role, frozen, outside: why }: PersonFacts): string => {
  if (role === null) return outside[why];
  const name = role === 'agent' ? 'وكيل' : 'زبون';
  return frozen ? `⛔ ${name} مجمّد: لا طلبات جديدة` : name;
};
function priceLine({ rule }: PersonFacts): string | Rich {
  if (rule === null) return 'السعر: سعر الصفة';
  const own = ruleText(L, rule);
  return own === undefined ? 'السعر: خاص به، المبلغ نفسه' : rich`السعر: خاص به، ${own} على المبلغ`;
}
const tabs: Record<Tab, string> = { agent: 'الوكلاء', customer: 'الزبائن', outside: 'خارج المحل' };

export const ar: PeopleSentences = {
  buttons: {
    ask: 'طلب الدخول',
    answer: { agent: 'وكيل', customer: 'زبون', refused: 'رفض' },
    letIn: { agent: 'قبول بصفة وكيل', customer: 'قبول بصفة زبون' },
    make: { agent: 'تحويل إلى وكيل', customer: 'تحويل إلى زبون' },
    ceiling: 'سقف الائتمان',
    freeze: 'تجميد',
    unfreeze: 'رفع التجميد',
    remove: 'إزالة',
    removeYes: 'نعم، إزالة',
    price: 'السعر',
    deposit: 'إيداع',
    correction: 'تصحيح',
    statement: 'الحركات',
    back: 'رجوع',
    cancel: 'إلغاء',
    open: 'عرض الملف',
    showThem: 'عرضهم',
    invite: { agent: 'دعوة وكيل', customer: 'دعوة زبون' },
    copyLink: 'نسخ الرابط',
    sendLink: 'إرسال الرابط',
    previous: 'السابق',
    next: 'التالي',
    tab: (tab, count) => `${tabs[tab]}: ${count}`,
    person: (person, balance, frozen) => `${frozen ? '⛔ ' : ''}${nameOf(person)} · ${signed(L, balance)}`,
  },

  door: {
    asked: 'أُرسل طلبك. سيجيبك المحل هنا.',
    waiting: 'طلبك عند المحل. سيجيبك هنا.',
    refused: (id, until) =>
      lines(
        '⛔ لم يقبل المحل دخولك.',
        rich`أعد الطلب بعد ${dateTime(L, until)}، أو أعط المحل رقمك في تيليغرام: ${ltr(code(id))}`,
      ),
    full: (id) =>
      lines(
        'يطلب الدخول الآن عدد كبير من الأشخاص. أعد المحاولة غدا.',
        rich`أو أعط المحل رقمك في تيليغرام: ${ltr(code(id))}`,
      ),
    removed: '⛔ أغلق المحل دخولك. الطلبات الجارية مستمرة ورصيدك محفوظ. اتصل بالمحل.',
  },

  join: {
    'no-such-invite': '⚠️ هذه الدعوة غير صالحة. اطلب من المحل رابطا جديدا.',
    used: '⚠️ استُعملت هذه الدعوة من قبل. اطلب من المحل رابطا جديدا.',
    expired: '⚠️ انتهت مدة هذه الدعوة. اطلب من المحل رابطا جديدا.',
    'own-invite': 'هذه الدعوة لشخص آخر، فأنت من أصحاب المحل. أرسل إليه الرابط.',
    'is-member': 'دخولك مفتوح من قبل. أرسل رقم خط لشحنه.',
    removed: '⛔ أغلق المحل دخولك، فلا يمكن استعمال الدعوة. اتصل بالمحل.',
  },

  told: {
    letIn: {
      agent: lines(
        '✅ قُبل دخولك بصفة وكيل.',
        rich`يمكنك شحن الخطوط من رصيدك، وتحويل الرصيد إلى الزبائن بـ\u00A0${ltr('/transfer')}.`,
        rich`لإضافة مبلغ إلى رصيدك: ${ltr('/deposit')}`,
      ),
      customer: lines(
        '✅ قُبل دخولك.',
        'يمكنك شحن الخطوط من رصيدك.',
        rich`لإضافة مبلغ إلى رصيدك: ${ltr('/deposit')}`,
      ),
    },
    agent: rich`أصبحت وكيلا للمحل، ويمكنك تحويل الرصيد إلى الزبائن بـ\u00A0${ltr('/transfer')}.`,
    customer: (creditEnds) =>
      creditEnds
        ? 'أصبحت زبونا للمحل. رصيدك محفوظ، وانتهى الشراء بالائتمان.'
        : 'أصبحت زبونا للمحل. رصيدك محفوظ.',
    frozen: '⛔ أوقف المحل طلباتك الجديدة. الطلبات الجارية مستمرة ورصيدك محفوظ. اتصل بالمحل.',
    unfrozen: 'يمكنك الطلب من جديد.',
    ceiling: (amount) =>
      amount === 0
        ? 'انتهى الشراء بالائتمان، فتنفق مما في رصيدك.'
        : `يسمح لك المحل بالشراء بالائتمان حتى ${da(amount)}.`,
  },

  asks: (person) =>
    lines(rich`⚠️ يطلب الدخول: ${fullName(L, person)}`, rich`رقمه في تيليغرام: ${ltr(code(person.id))}`),
  moreAsk: (count) =>
    lines(
      `⚠️ أشخاص آخرون يطلبون الدخول، عددهم في هذه الساعة ${count}، دون بطاقة لكل واحد.`,
      rich`تجدهم في ${ltr('/people')}.`,
    ),
  answered: (person, answer, by) =>
    lines(
      answer === 'refused'
        ? rich`لم يُقبل دخول ${fullName(L, person)}.`
        : rich`✅ قُبل دخول ${fullName(L, person)} ${as[answer]}.`,
      by === null ? 'أجاب شخص آخر من أصحاب المحل.' : `أجاب ${by}.`,
    ),
  joined: (person, role) => rich`✅ دخل ${fullName(L, person)} ${as[role]} عبر رابطك.`,
  cameByLink: (person, role) => rich`✅ دخل ${fullName(L, person)} ${as[role]} عبر رابط من أصحاب المحل.`,
  notTold: '⚠️ تعذر إخبار هذا الشخص، فمحادثته مع البوت غير مفتوحة من جهته.',

  inviteAsk: 'لمن هذا الرابط؟',
  link: (role, url, until) =>
    lines(
      bold(role === 'agent' ? 'رابط لوكيل واحد، مرة واحدة.' : 'رابط لزبون واحد، مرة واحدة.'),
      rich`الرابط: ${ltr(url)}`,
      `صالح إلى ${dateTime(L, until)}`,
    ),
  picture: (role, until) =>
    lines(
      role === 'agent' ? 'الرابط نفسه للمسح، لوكيل واحد.' : 'الرابط نفسه للمسح، لزبون واحد.',
      `صالح إلى ${dateTime(L, until)}`,
    ),
  noLink: '⚠️ لا يمكن إنشاء الرابط حاليا. أعد المحاولة بعد دقيقة.',

  listTitle: (tab, count) => bold(`${tabs[tab]}: ${count}`),
  page: (page, pages) => `صفحة ${page} من ${pages}`,
  listHint: rich`للبحث عن شخص: ${ltr(code('/people nadia'))}`,
  nobody: 'لم يدخل أحد بعد. ادع شخصا برابط.',
  found: (shown, count) =>
    shown === count
      ? `عدد النتائج: ${count}`
      : lines(`عدد النتائج: ${count}، وهذه أول ${shown}.`, 'أكمل الاسم لترى البقية.'),
  notFound: 'لا يوجد أحد بهذا الاسم أو الرقم. تحقق منه، أو انظر في القائمة.',

  card: (p) =>
    lines(
      rich`الاسم: ${fullName(L, p)}`,
      roleLine(p),
      rich`رقمه في تيليغرام: ${ltr(code(p.id))}`,
      rich`الرصيد: ${bold(signed(L, p.balance))}`,
      p.held === 0 ? null : `محجوز لطلبات جارية: ${da(p.held)}`,
      p.role === 'agent' ? `سقف الائتمان: ${da(p.ceiling)}` : null,
      p.role === null ? null : priceLine(p),
    ),
  lastOrders: bold('آخر الطلبات'),
  noOrders: 'لا توجد طلبات بعد.',
  removeSure: (p, open) =>
    lines(
      rich`⚠️ هل تريد إزالة ${fullName(L, p)}؟ لن تكون له طلبات جديدة.`,
      `الرصيد: ${signed(L, p.balance)}، ويبقى في الحسابات.`,
      open === 0 ? null : `الطلبات الجارية: ${open}، وهي مستمرة.`,
    ),

  ceilingAsk: (p, ceiling) =>
    lines(
      rich`سقف ائتمان ${fullName(L, p)} حاليا: ${da(ceiling)}.`,
      'أرسل السقف الجديد بالدينار، مثل 5000. والرقم 0 ينهي الائتمان.',
    ),
  amountFaults: {
    'not-an-amount': '⚠️ هذا ليس مبلغا. أرسله بالأرقام، مثل 5000.',
    negative: '⚠️ لا يكون السقف تحت الصفر. أرسله بالأرقام، مثل 5000.',
    fraction: '⚠️ بالدينار الكامل فقط. أرسله بالأرقام، مثل 5000.',
    'too-much': '⚠️ هذا أكثر مما يمكن منحه. تحقق من الأصفار وأرسله من جديد.',
  },

  no: {
    'owners-only': '⛔ هذا لأصحاب المحل فقط.',
    'no-such-person': '⚠️ هذا الشخص لم يعد في المحل. لم يتغير شيء.',
    'is-owner': '⚠️ أصحاب المحل محددون في الإعدادات. لم يتغير شيء.',
    'as-it-was': 'كان الأمر كذلك من قبل.',
    'agents-only': '⚠️ الائتمان للوكلاء. حوّل هذا الشخص إلى وكيل أولا.',
  },
};
