// The owners' desk in Arabic. Lines begin with an Arabic word; numbers, codes and Latin names are isolated.

import { subtract } from '../../domain/money.ts';
import type { PricedFor, Sums } from '../../domain/report.ts';
import type { PriceRule } from '../../domain/pricing.ts';
import type { Service } from '../../domain/service.ts';
import type { GivenRole } from '../../domain/shop.ts';
import { da, ltr, order } from '../arabic.ts';
import { clockTime, dateTime, lineText } from '../format.ts';
import { bold, code, lines, rich, type Rich } from '../rich.ts';
import type { DeskSentences } from './en.ts';
import { auditLine, dayText, nameText, quoted, ruleFigure, signed, toTheSecond, whoPays } from './figures.ts';
import { arNote } from './notes/ar.ts';
import { arWords } from './words/ar.ts';

const L = 'ar';
const W = arWords;
const at = (moment: number): Rich => rich`الساعة ${ltr(toTheSecond(moment))}`;
function rule(one: PriceRule): Rich | string {
  const figure = ruleFigure(L, one);
  return figure === undefined ? W.faceValue : rich`المبلغ ${figure}`;
}
const examples = rich`${ltr(code('-2%'))}، ${ltr(code('+1,5%'))}، ${ltr(code('-20'))}، ${ltr(code('30'))}`;
const named = (service: Service): Rich =>
  service === 'ADSL' ? rich`خط ${ltr('ADSL')} والألياف` : rich`الجيل الرابع ${ltr('4G')}`;
const soldAt = (role: GivenRole, { price, margin, sold }: PricedFor): Rich =>
  rich`${W.roles[role]} ${da(price)} (${signed(L, margin)}${sold ? '' : '، لا يباع'})`;
const sums = (name: string, { count, value, margin }: Sums): Rich =>
  rich`${name}: ${count} · ${da(value)} · الربح ${signed(L, margin)} دج`;

export const ar: DeskSentences = {
  buttons: {
    ruleOf: (role) => `سعر ${W.roles[role]}`,
    allowLoss: 'السماح بالبيع تحت التكلفة',
    forbidLoss: 'لا بيع تحت التكلفة',
    sureLoss: 'نعم، حتى تحت التكلفة',
    setOwn: 'تحديد سعر خاص',
    clearOwn: 'العودة إلى السعر العام',
    back: 'رجوع',
    cancel: 'إلغاء',
    lists: { all: 'الكل', open: 'مفتوحة', today: 'اليوم' },
    state: (name) => W.states[name],
    byState: 'حسب الحالة',
    older: 'الأقدم',
    newest: 'الأحدث',
    person: (name) => name,
    askNow: 'اسأل المزوّد الآن',
    story: 'القصة كاملة',
    toOrders: 'كل الطلبات',
    file: 'حفظ في ملف',
  },
  privateOnly: 'هذا في محادثتك الخاصة مع البوت فقط.',
  asking: 'نسأل المزوّد الآن. اضغط من جديد بعد لحظة لترى جوابه.',
  notAskedNow: 'لا شيء يُسأل عنه الآن: انتهى الطلب أو يُتحقق منه وحده.',

  prices: {
    title: bold('الأسعار'),
    service: (service) => bold(named(service)),
    row: (value, cost, warn) => rich`${warn ? '⚠️ ' : ''}مبلغ ${bold(da(value))}: التكلفة ${da(cost)}`,
    roles: (agent, customer) => rich`${soldAt('agent', agent)} · ${soldAt('customer', customer)}`,
    one: (value, { price, margin, sold }) =>
      rich`${sold ? '' : '⚠️ '}مبلغ ${da(value)}: ${da(price)} (${signed(L, margin)}${sold ? '' : '، لا يباع'})`,
    nothing: 'لا شيء متوفر حاليا.',
    away: 'لا يخبرنا المزوّد حاليا بما هو متوفر.',
    rules: (agent, customer) => rich`يدفع الوكلاء ${rule(agent)}، ويدفع الزبائن ${rule(customer)}.`,
    belowCost: (allowed) => (allowed ? 'البيع تحت التكلفة مسموح.' : 'ما ينزل تحت التكلفة لا يباع.'),
    askRole: (role) => `أرسل سعر ${W.roles[role]}.`,
    askPerson: (name) => `أرسل سعر ${nameText(name)}.`,
    examples: rich`أمثلة: ${examples} بالدينار، و${ltr(code('0'))} للمبلغ نفسه.`,
    wrong: rich`⚠️ هذا ليس سعرا. أرسل مثلا ${examples} أو ${ltr(code('0'))}. النسبة لا تتجاوز ${ltr('50%')}.`,
    sureLoss: 'ستباع المبالغ حتى لو خسر المحل فيها. هل أنت متأكد؟',
    person: ({ name, role, own, ofRole, belowCost }) =>
      lines(
        rich`السعر لـ\u00A0${bold(nameText(name))} (${W.role[role]})`,
        own === null ? rich`يدفع السعر العام: ${rule(ofRole)}` : rich`السعر الخاص: ${rule(own)}`,
        belowCost ? 'يباع له حتى تحت التكلفة.' : null,
      ),
    noSuchPerson: 'لا يوجد وكيل أو زبون بهذا الرقم.',
  },

  pause: {
    paused: (words) =>
      lines(
        'البيع متوقف الآن. الطلبات الجارية مستمرة، ويمكنك أنت أن تشتري.',
        words === '' ? null : `يقرأ المشترون: ${quoted(words)}`,
        rich`لاستئناف البيع ${ltr('/resume')}.`,
      ),
    tooLong: (most) => `⚠️ لا تتجاوز ${most} حرف. لم يتغير شيء.`,
    pausedBy: (who, words) =>
      lines(
        `⚠️ أوقف ${nameText(who)} البيع مؤقتا.`,
        words === '' ? null : `يقرأ المشترون: ${quoted(words)}`,
        rich`لاستئناف البيع: ${ltr('/resume')}`,
      ),
    resumedBy: (who) => `✅ استأنف ${nameText(who)} البيع.`,
    resumed: 'استؤنف البيع.',
    notPaused: 'لم يكن البيع متوقفا.',
  },
  threshold: {
    set: (amount) => rich`سننبهك عندما ينزل رصيد المحل تحت ${bold(da(amount))}.`,
    none: 'لا تنبيه عن رصيد المحل.',
    usage: rich`للتحديد ${ltr(code('/threshold 5000'))}، ولإلغاء التنبيه ${ltr(code('/threshold 0'))}.`,
    wrong: (fault) =>
      rich`⚠️ ${W.amountFaults[fault]} مثلا ${ltr(code('/threshold 5000'))}، ولإلغاء التنبيه ${ltr(code('/threshold 0'))}.`,
  },

  orders: {
    title: (list) =>
      bold(
        typeof list === 'string'
          ? {
              all: 'كل الطلبات',
              open: 'الطلبات المفتوحة',
              today: 'طلبات اليوم',
            }[list]
          : 'state' in list
            ? `طلبات: ${W.states[list.state]}`
            : 'line' in list
              ? rich`طلبات الخط ${lineText(L, list.line)}`
              : `طلبات ${nameText(list.person)}`,
      ),
    row: (o, mark, isToday) =>
      rich`${mark} طلب ${ltr(o.no)} · ${lineText(L, o.line)} · ${da(o.value)} · ${nameText(o.buyerName)} · ${(isToday ? clockTime : dateTime)(L, o.confirmedAt)}`,
    none: 'لا توجد طلبات هنا.',
    which: 'من تقصد؟',
    whichState: 'طلبات في أي حالة؟',
    notUnderstood: rich`⚠️ لا أعرف هذا الخط ولا هذا الشخص. مثلا ${ltr(code('/orders 036362608'))} أو ${ltr(code('/orders @nadia'))}.`,
    usage: rich`أضف رقم الطلب: ${ltr(code('/order 1042'))}`,
    noSuch: 'لا يوجد طلب بهذا الرقم.',
  },

  story: {
    head: (o, mark) =>
      lines(
        rich`${mark} ${bold(rich`${order(o.no)}: ${W.states[o.state.name]}`)}`,
        rich`خط ${ltr(o.service)} · ${lineText(L, o.line)} · ${da(o.value)}`,
        rich`المشتري: ${nameText(o.buyerName)} (${ltr(code(o.buyer))})، ${W.role[o.role]}`,
        rich`السعر ${da(o.price)} · التكلفة ${da(o.cost)}${o.state.name === 'fulfilled' ? rich` · الربح ${signed(L, subtract(o.price, o.cost))} دج` : ''}`,
        rich`مرجعنا: ${ltr(code(o.ref))}`,
      ),
    provider: (id) => rich`لدى المزوّد: ${ltr(code(id))}`,
    transaction: (no) => rich`رقم العملية: ${ltr(code(no))}`,
    day: (moment) => bold(`يوم ${dayText(L, moment)}`),
    state: (moment, name, by, why) =>
      rich`${at(moment)}: ${W.states[name]}${by === null ? '' : rich`، من ${nameText(by)}`}${why === null ? '' : `، السبب: ${quoted(why)}`}`,
    call: (moment, lastAt, times, call, came, id) =>
      rich`${at(moment)}: ${W.calls[call]}${times === 1 ? '' : rich` (عدد المرات ${times}، حتى ${ltr(toTheSecond(lastAt))})`}، الجواب: ${W.came[came]}${id === null ? '' : rich` · ${ltr(code(id))}`}`,
    entry: (moment, kind, amount) => rich`${at(moment)}: ${W.entries[kind]} مبلغ ${da(amount)}`,
    proving: '⚠️ يقول المزوّد إنه شُحن، ولم يُظهر أي رمز بعد.',
    left: (count) => rich`أسطر غير معروضة هنا: ${ltr(count)}`,
  },

  verdict: {
    why: (sure) => lines(sure, 'اكتب في كلمات كيف عرفت ذلك. يُحفظ السبب مع اسمك.'),
    noReason: '⚠️ لا بد من سبب: اكتب كيف عرفت نهاية الطلب.',
    reason: (reason) => `السبب: ${quoted(reason)}`,
  },

  today: {
    title: (from) => rich`${bold('اليوم')} ${dayText(L, from)}`,
    sold: ({ count, value }) => `تم شحن: ${count} · ${da(value)}`,
    money: ({ revenue, cost, margin }) =>
      lines(`المداخيل: ${da(revenue)}`, `التكلفة: ${da(cost)}`, rich`الربح: ${bold(signed(L, margin))} دج`),
    byRole: (role, of) => sums(W.roles[role], of),
    returned: (count) => `طلبات أُعيد مبلغها: ${count}`,
    open: ({ count, held }) => `الطلبات المفتوحة: ${count}، محجوز لها ${da(held)}`,
    paused: (moment) => rich`⚠️ البيع متوقف منذ ${dateTime(L, moment)}. لاستئنافه ${ltr('/resume')}.`,
  },

  audit: {
    note: arNote,
    title: bold('سجل ما قام به الأشخاص'),
    none: 'لا شيء بعد.',
    line: (facts) => auditLine(L, W.what, facts),
    file: (count) => `عدد الأسطر: ${count}، الأحدث أولا.`,
    fileFailed: '⚠️ تعذر إرسال الملف. أعد المحاولة بعد قليل.',
  },
  sheet: {
    columns: ['متى', 'من', 'رقمه', 'ماذا', 'بخصوص', 'رقمه', 'السبب'],
    what: (what) => W.what[what],
    bot: 'البوت',
  },

  watched: {
    late: (no, since) =>
      rich`⚠️ ${order(no)} مبرمج منذ أكثر من 48 ساعة، منذ ${dateTime(L, since)}. المبلغ محفوظ.`,
    over: (no, end, by) =>
      lines(
        rich`✅ ${order(no)}، وكان تحت المتابعة، انتهى: ${W.ends[end]}.`,
        by === null ? null : `سوّاه ${nameText(by)}.`,
      ),
  },

  incident: (alert) => {
    switch (alert.kind) {
      case 'access-back':
        return '✅ قبل المزوّد المفتاح والعنوان من جديد. البيع مستمر.';
      case 'provider-down':
        return rich`⚠️ المزوّد لا يجيب منذ الساعة ${ltr(clockTime(L, alert.since))}. الطلبات المفتوحة تنتظر ولم يضع شيء.`;
      case 'provider-back':
        return rich`✅ عاد المزوّد يجيب بعد غياب منذ الساعة ${ltr(clockTime(L, alert.since))}.`;
      case 'credit-low':
        return `⚠️ رصيد المحل ${da(alert.credit)}، تحت الحد الذي وضعته وهو ${da(alert.threshold)}. اشحن الرصيد.`;
      case 'credit-back':
        return `✅ رصيد المحل ${da(alert.credit)} من جديد، فوق الحد الذي وضعته وهو ${da(alert.threshold)}.`;
      case 'unsold':
        return rich`⚠️ تعذر البيع (${whoPays(W.roles, alert.terms)}): بهذا السعر يباع كل المتوفر تحت التكلفة. غيّر السعر: ${ltr('/prices')}`;
      case 'shop-back':
        return `✅ رصيد المحل ${da(alert.credit)}، وصار يغطي ما تعذر بيعه للمشترين.`;
    }
  },
};
