// What an order's message says as the order moves, and how orders are listed, in Arabic.

import type { ProviderRefusal } from '../../domain/refusal.ts';
import { da, ltr, named, order } from '../arabic.ts';
import { ago, byName, dateTime, lineText } from '../format.ts';
import { bold, code, lines, rich, spoiler, type Rich } from '../rich.ts';
import type { OrderSentences } from './en.ts';
import type { CardFacts } from './facts.ts';

const L = 'ar';

/** What was ordered, for which line. */
export const what = (o: CardFacts): Rich =>
  rich`${named(o.service)} · ${lineText(L, o.line, o.masked)} · ${da(o.value)}${byName(o)}`;

const refused: Record<ProviderRefusal['reason'], string> = {
  'wrong-number': 'هذا الخط غير معروف لدى المتعامل في هذه الخدمة',
  'out-of-stock': 'نفد هذا المبلغ للتو',
  'shop-balance': 'رصيد المحل لا يكفي',
  'bad-request': 'رفضه المتعامل',
  busy: 'المتعامل مشغول ولم يستلمه',
  'no-access': 'الخدمة غير متوفرة حاليا',
};

const notRecharged = (o: CardFacts): Rich =>
  o.masked
    ? rich`↩️ ${order(o.no)}: لم يتم الشحن، وأُعيد المبلغ.`
    : rich`↩️ ${order(o.no)}: لم يتم الشحن، وأُعيد مبلغ ${bold(da(o.price))} إلى رصيدك.`;

export const ar: OrderSentences = {
  nothingToCancel: 'لا توجد عملية لإلغائها.',
  tooLateToCancel: (no) => rich`${order(no)} أُرسل إلى المتعامل ولا يمكن إلغاؤه. رسالته ستخبرك كيف انتهى.`,
  sending: (o) => lines(rich`⏳ ${order(o.no)}: جارٍ الإرسال.`, what(o)),
  inProgress: (o) =>
    lines(
      rich`⏳ ${order(o.no)}: قيد التنفيذ (بدأ ${ago(L, o.at)}).`,
      what(o),
      'يستغرق عادة أقل من دقيقة. يمكنك إغلاق المحادثة.',
    ),
  delivered: (o, d) =>
    lines(
      rich`✅ ${order(o.no)}: ${bold('تم الشحن')}.`,
      what(o),
      d.code === null || !d.private ? null : rich`رمز البطاقة: ${ltr(spoiler(code(d.code)))}`,
      d.transactionNo === null || !d.private ? null : rich`رقم العملية: ${ltr(code(d.transactionNo))}`,
      `التاريخ: ${dateTime(L, d.at)}`,
      d.private
        ? d.code === null
          ? null
          : 'احتفظ بهذه المعلومات دليلا على الشحن.'
        : d.hasCode
          ? 'الرمز في المحادثة الخاصة للمشتري.'
          : null,
    ),
  refunded: (o, note) =>
    lines(notRecharged(o), what(o), note === null ? null : rich`يقول المتعامل: ${ltr(note)}`),
  rejected: (o, refusal) => lines(notRecharged(o), what(o), `السبب: ${refused[refusal.reason]}.`),
  queued: (o) =>
    lines(
      rich`🕒 ${order(o.no)} مقبول ومبرمج لدى اتصالات الجزائر خلال 12 إلى 48 ساعة.`,
      what(o),
      'سنخبرك هنا، لا تُعد الطلب.',
    ),
  unknown: (o) =>
    lines(
      rich`🔎 ${order(o.no)} قيد التحقق لدى اتصالات الجزائر.`,
      what(o),
      'مبلغك محفوظ، لا تُعد الطلب، وسنخبرك هنا.',
    ),
  review: (o) =>
    lines(
      rich`🔎 ${order(o.no)} أخذ وقتا غير معتاد، والمحل يتابعه.`,
      what(o),
      'مبلغك محفوظ، لا تُعد الطلب، وسنخبرك هنا.',
    ),
  announce: {
    fulfilled: (no) => rich`✅ ${order(no)}: تم الشحن.`,
    refunded: (no) => rich`↩️ ${order(no)}: لم يتم الشحن، وأُعيد المبلغ.`,
  },

  noHistory: rich`لا توجد طلبات بعد. ابدأ أول طلب بـ\u00A0${ltr('/topup')}.`,
  historyTitle: bold('آخر طلباتك'),
  historyLine: (o, mark) =>
    rich`${mark} طلب ${ltr(o.no)} · ${lineText(L, o.line, o.masked)} · ${da(o.value)} · ${dateTime(L, o.at)}`,
  statusUsage: rich`أضف رقم الطلب: ${ltr(code('/status 1042'))}`,
  noSuchOrder: 'لا يوجد لك طلب بهذا الرقم.',
};
