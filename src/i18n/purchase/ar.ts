// What a purchase asks and answers, from the first question to the confirmation, in Arabic.

import { subtract } from '../../domain/money.ts';
import type { Line, Service } from '../../domain/service.ts';
import { da, ltr, named, order } from '../arabic.ts';
import { ago, lineText } from '../format.ts';
import { bold, code, lines, rich } from '../rich.ts';
import type { PurchaseSentences } from './en.ts';

const L = 'ar';

export const ar: PurchaseSentences = {
  askService: 'ماذا تريد أن تشحن؟',
  askServiceFor: (digits) => rich`الرقم ${ltr(code(digits))}: لأي خدمة هذا الخط؟`,
  askNumber: (service) =>
    service === 'ADSL'
      ? rich`خط ${ltr('ADSL')} أو الألياف. أرسل رقم الخط: 9 أرقام تبدأ بـ\u00A00، مثل ${ltr(code('036 36 26 08'))}.`
      : rich`الجيل الرابع ${ltr('4G')}. أرسل رقم الخط: 10 أرقام تبدأ بـ\u00A004، أو 12 رقما تبدأ بـ\u00A0213، مثل ${ltr(code('213 472 73 16 02'))}.`,

  notANumber: '⚠️ هذا ليس رقم خط. أرسله بالأرقام.',
  wrongLength: (service) =>
    service === 'ADSL'
      ? rich`⚠️ رقم خط ${ltr('ADSL')} أو الألياف من 9 أرقام ويبدأ بـ\u00A00. تحقق منه وأرسله من جديد.`
      : rich`⚠️ رقم الجيل الرابع من 10 أرقام تبدأ بـ\u00A004، أو 12 رقما تبدأ بـ\u00A0213. تحقق منه وأرسله من جديد.`,
  mobile: '⚠️ هذا رقم هاتف نقال. أرسل رقم خط الإنترنت.',
  looksOther: (other: Service, line: Line, masked = false) =>
    rich`⚠️ يبدو أن ${lineText(L, line, masked)} ${named(other)}. اختره من الأسفل أو أرسل رقما آخر.`,
  notALine: (service) =>
    service === 'ADSL'
      ? rich`⚠️ هذا الرقم ليس خط ${ltr('ADSL')}. تحقق منه وأرسله من جديد، أو اختر الجيل الرابع ${ltr('4G')}.`
      : rich`⚠️ هذا الرقم ليس خط الجيل الرابع ${ltr('4G')}. تحقق منه وأرسله من جديد، أو اختر ${ltr('ADSL')}.`,
  cannotCheck: '⚠️ لا يمكن التحقق من الخطوط حاليا، وقد يكون الرقم صحيحا. لم يُخصم شيء. أعد المحاولة بعد قليل.',

  lineFound: (line, offer, masked) =>
    lines(
      rich`وُجد الخط: ${bold(lineText(L, line, masked))}`,
      offer === null ? null : rich`العرض: ${ltr(offer)}`,
    ),
  chooseAmount: 'اختر المبلغ.',
  chooseAmountPriced: 'اختر المبلغ (بين قوسين ما تدفعه).',
  nothingInStock: (service) =>
    rich`⚠️ لا يوجد حاليا أي مبلغ متوفر: ${named(service)}. تحقق من جديد بعد بضع دقائق.`,
  nothingSold: '⚠️ هذا الشحن لا يباع حاليا. لم يُخصم شيء. تم إبلاغ المحل.',
  amountNotOffered: '⚠️ هذا المبلغ غير متوفر. اختر مبلغا آخر.',
  amountGone: '⚠️ نفد هذا المبلغ للتو، ولم يُخصم شيء. اختر مبلغا آخر.',
  amountNotSold: '⚠️ هذا المبلغ لا يباع حاليا. لم يُخصم شيء. اختر مبلغا آخر.',

  quote: (q) =>
    lines(
      bold('تحقق ثم ادفع.'),
      rich`${named(q.service)} · ${lineText(L, q.line, q.masked)}`,
      rich`الشحن: ${bold(da(q.value))}`,
      q.masked ? null : rich`تدفع: ${bold(da(q.price))}`,
      q.balance === null ? null : `الرصيد: ${da(q.balance)}، ثم ${da(subtract(q.balance, q.price))}`,
    ),
  priceChanged: (price) => `⚠️ أصبح السعر ${da(price)}. لم يُخصم شيء.`,
  priceChangedInGroup: '⚠️ تغيّر السعر. لم يُخصم شيء.',
  short: (missing, balance, price) =>
    lines(`⚠️ ينقصك ${da(missing)}. رصيدك ${da(balance)} والسعر ${da(price)}.`),
  shortInGroup: '⚠️ الرصيد لا يكفي لهذا المبلغ.',
  fitting: 'المبالغ الممكنة:',
  twin: (no, at) => rich`⚠️ ${order(no)} (${ago(L, at)}) يشحن الخط نفسه بالمبلغ نفسه. هل تدفع مرة أخرى؟`,
  twinOfAnother: '⚠️ طُلب الشحن نفسه لهذا الخط قبل قليل. هل تدفع مرة أخرى؟',
  away: '⚠️ الشحن غير متوفر حاليا. لم يُخصم شيء. أعد المحاولة بعد بضع دقائق.',
  cannotRecord: '⚠️ تعذر تسجيل الطلب، فلم يُرسل شيء ولم يُخصم شيء. أعد المحاولة بعد بضع دقائق.',
  barred: '⛔ دخولك إلى هذا المحل مغلق حاليا. لم يُؤخذ أي مبلغ. اتصل بالمحل.',
  paused: (words) =>
    lines(
      '⚠️ أوقف المحل البيع مؤقتا. لم يُؤخذ أي مبلغ.',
      words === '' ? null : rich`يقول المحل: ${ltr(words)}`,
    ),
  useButtons: 'اضغط على زر في الأعلى، أو أرسل رقم خط آخر.',

  cancelled: 'أُلغيت العملية. لم يُخصم شيء.',
  closedIdle: rich`أُغلقت العملية بعد 30 دقيقة دون جواب. لم يُخصم شيء. للبدء من جديد ${ltr('/topup')}.`,
  outdated: rich`حُدّثت الخدمة في هذه الأثناء. لم يُخصم شيء. للبدء من جديد ${ltr('/topup')}.`,
  staleButton: 'لم يعد هذا الزر مستعملا. للبدء من جديد \u2068/topup\u2069.',
  notYours: '⛔ هذا الزر لصاحب الطلب فقط.',
};
