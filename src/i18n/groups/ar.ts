// What is said in groups and about them, in Arabic. Lines begin with an Arabic word; Latin names and commands are isolated.

import { subtract, type Centimes } from '../../domain/money.ts';
import { ltr } from '../arabic.ts';
import { dateTime, money } from '../format.ts';
import { bold, code, join, lines, rich, type Rich } from '../rich.ts';
import type { GroupSentences } from './en.ts';

const L = 'ar';
const da = (amount: Centimes): string => money(L, amount);
const command = (text: string): Rich => ltr(code(text));
const named = (title: string): Rich => ltr(bold(title));

export const ar: GroupSentences = {
  buttons: {
    openChat: 'فتح المحادثة الخاصة',
    showCode: 'عرض رمزي',
    figures: 'سعري ورصيدي',
    balance: 'عرض رصيدي',
    revoke: (title) => `إيقاف البيع في ${ltr(title).text}`,
    all: 'كل المجموعات',
    revokeSure: 'نعم، أوقف البيع هناك',
    back: 'رجوع',
    newer: 'الأحدث',
    older: 'الأقدم',
  },
  notServedHere: '⛔ لا بيع في هذه المجموعة حاليا. الطلبات المدفوعة مستمرة.',
  oneMoment: '⏳ لحظة، ستخبرك هذه الرسالة بما يجري.',
  showsNoCode: '⚠️ لا يوجد رمز لعرضه هنا. راسل البوت على الخاص.',
  codeLater: '⚠️ لا يمكن عرض الرمز الآن. لم يضع شيء. أعد المحاولة بعد بضع دقائق.',
  codeInPrivate: 'هذا الرمز أطول من أن يُعرض هنا. افتحه في المحادثة الخاصة.',
  code: (no, secret, transactionNo) =>
    [
      `الطلب رقم ${ltr(no).text}`,
      `رمز البطاقة: ${ltr(secret).text}`,
      ...(transactionNo === null ? [] : [`رقم العملية: ${ltr(transactionNo).text}`]),
    ].join('\n'),

  served: rich`هذه المجموعة مفتوحة للطلبات: ${command('/topup')}، أو في سطر واحد ${command('/topup 036362608 1000')}`,
  servedAlready: rich`هذه المجموعة مفتوحة للطلبات من قبل: ${command('/topup')}`,
  notServed: rich`لا يبيع هذا المحل في هذه المجموعة. يمكن لأحد أصحاب المحل فتحها هنا باسمه الظاهر بإرسال ${command('/allow')}`,
  lapsed: rich`من فتح هذه المجموعة لم يعد من أصحاب المحل. لا بيع فيها حتى يرسل أحد أصحاب المحل ${command('/allow')} هنا، والطلبات المدفوعة مستمرة.`,
  allowInGroup: rich`أضف البوت إلى المجموعة، أو أرسل ${command('/allow')} في المجموعة نفسها.`,
  preparing: '⏳ لحظة.',
  figures: (price, balance) =>
    lines(rich`تدفع: ${bold(da(price))}`, `الرصيد: ${da(balance)}، ثم ${da(subtract(balance, price))}`),
  writeInPrivate: 'لتطلب من هنا، راسل البوت أولا على الخاص.',
  forPrivateChat: 'هذا الأمر مكانه المحادثة الخاصة مع البوت.',
  codeWaits: 'الرمز في انتظار صاحب الطلب، والزر لا يعرضه لغيره.',

  listTitle: bold('المجموعات التي يبيع فيها المحل'),
  listEmpty: rich`لا يبيع المحل في أي مجموعة. أضف البوت إلى مجموعة، أو أرسل فيها ${command('/allow')}`,
  group: (title, at) => rich`المجموعة ${named(title)} · منذ ${dateTime(L, at)}`,
  groupLapsed: (title) =>
    rich`⚠️ المجموعة ${named(title)} · سمح بها شخص لم يعد من أصحاب المحل. أرسل فيها ${command('/allow')} أو أوقف البيع فيها.`,
  sure: (title) =>
    lines(rich`هل توقف البيع في المجموعة ${named(title)}؟`, 'الطلبات المدفوعة تستمر إلى نهايتها.'),
  nowServed: (title) => join(['صار المحل يبيع في المجموعة ', named(title), '.']),
  putOut: (title) =>
    join([
      '⚠️ لم يعد البوت في المجموعة ',
      named(title),
      '. الطلبات الجارية مستمرة، ويعرف أصحابها نهايتها على الخاص.',
    ]),
  revoked: (title) => join(['توقف البيع في المجموعة ', named(title), '.']),
  listChanged: 'هذه المجموعة لم تعد في القائمة.',
};
