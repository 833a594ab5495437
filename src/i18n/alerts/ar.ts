// What the people who run the shop must know, in Arabic. Buyers never see it.

import { ltr, order } from '../arabic.ts';
import { what } from '../orders/ar.ts';
import { code, lines, rich } from '../rich.ts';
import type { AlertSentences } from './en.ts';

export const ar: AlertSentences = {
  key: rich`⚠️ رفض المزوّد المفتاح. لا بيع حتى يُعاد تشغيل البوت بقيمة صحيحة لـ\u00A0${ltr('ONECLICK_API_KEY')}. الطلبات المفتوحة محفوظة.`,
  address:
    '⚠️ حجب المزوّد عنوان هذا الخادم. سيعيد البوت المحاولة وحده بعد نحو 15 دقيقة. راجع العناوين المسموح بها في لوحة التحكم.',
  disabled: '⚠️ عطّل المزوّد هذا المفتاح. فعّله في لوحة التحكم ثم أعد تشغيل البوت. الطلبات المفتوحة محفوظة.',
  readOnly: '⚠️ مفتاح المزوّد للقراءة فقط. أعد تشغيل البوت بمفتاح يسمح بالشراء. الطلبات المفتوحة محفوظة.',
  recovered:
    '⚠️ وُجد سجل الطلبات تالفا وبدأ البوت من نسخته السابقة. كل طلب مفتوح يُراجع قبل إرسال أي شيء. افحص القرص.',
  disk: '⚠️ القرص لا يقبل سجل الطلبات (ممتلئ؟). لا بيع حتى يقبله، والطلبات المفتوحة تنتظر.',
  database:
    '⚠️ قاعدة البيانات لا تقبل سجل الطلبات (لا تجيب أو ممتلئة؟). لا بيع حتى تقبله، والطلبات المفتوحة تنتظر.',
  shopShort: '⚠️ تعذرت خدمة أحد المشترين: رصيد المحل لدى المزود لا يغطي الشراء. اشحن الرصيد.',
  shopBalance: (no) => rich`⚠️ ${order(no)} رُفض: رصيد المحل لدى المزوّد غير كاف. اشحنه.`,
  review: {
    overdue: (o) => lines(rich`⚠️ ${order(o.no)} تجاوز مدته. ابحث عنه في لوحة تحكم المزوّد.`, what(o)),
    mismatch: (o) =>
      lines(rich`⚠️ ${order(o.no)}: طلب المزوّد يحمل رقما أو مبلغا مختلفا. قارن بينهما.`, what(o)),
    lost: (o) =>
      lines(rich`⚠️ ${order(o.no)}: أُرسل مرتين والمزوّد لا يعرفه. ابحث عنه في لوحة التحكم.`, what(o)),
  },
  reference: (ref) => rich`مرجعنا: ${ltr(code(ref))}`,
  settleHint: 'إن كنت تعرف كيف انتهى، أخبرنا هنا.',
  sure: {
    fulfilled: (no) => rich`${order(no)}: تم شحن الخط ويُقتطع المبلغ. هل أنت متأكد؟`,
    refunded: (no) => rich`${order(no)}: لم يُشحن الخط ويُعاد المبلغ. هل أنت متأكد؟`,
  },
  settled: (no) => rich`${order(no)} سُوّي.`,
  notInReview: (no) => rich`${order(no)} سُوّي من تلقاء نفسه في هذه الأثناء.`,
  needsNone: (no) => rich`${order(no)} يسير وحده، ولا يحتاج إلى حكم.`,
  word: (o, word) =>
    lines(
      rich`⚠️ ${order(o.no)}: يقول المزوّد ${ltr(code(word))}، وهي كلمة جديدة. يبقى الطلب مفتوحا ومتابعا.`,
      what(o),
    ),
};
