// Every sentence in Arabic. Lines begin with an Arabic word; numbers, codes and Latin names are isolated.
// Here stands what belongs to no purchase and no order; the topics have a folder each.

import { subtract } from '../domain/money.ts';
import { ar as alerts } from './alerts/ar.ts';
import { da, ltr } from './arabic.ts';
import type { Sentences } from './en.ts';
import { ar as menu } from './menu/ar.ts';
import { ar as orders } from './orders/ar.ts';
import { ar as purchase } from './purchase/ar.ts';
import { bold, code, lines, rich } from './rich.ts';

export const ar: Sentences = {
  ...menu,
  ...purchase,
  ...orders,
  alerts,
  sandbox: bold(rich`وضع التجربة ${ltr('SANDBOX')} · لا يُشحن أي خط فعلا`),

  welcome: lines(
    rich`هنا تشحن خطوط ${ltr('ADSL')} والألياف والجيل الرابع ${ltr('4G')}.`,
    'أرسل رقم الخط أو اضغط على الزر.',
  ),
  stranger: (id) =>
    lines('هذه الخدمة خاصة بأصحاب المحل.', rich`للشراء من هنا، أعط المحل رقمك في تيليغرام: ${ltr(code(id))}`),
  help: lines(
    rich`أرسل رقم الخط أو اضغط ${ltr('/topup')} ثم اتبع الأزرار.`,
    rich`دفعة واحدة: ${ltr(code('/topup 036362608 1000'))}`,
    rich`لعرض طلب أرسل ${ltr('/status')} مع رقمه، ولعرض آخر الطلبات ${ltr('/history')}.`,
    'بعد الدفع يمكنك إغلاق المحادثة، فالرسالة تكتمل وحدها.',
  ),
  helpFor: {
    customer: rich`لطلب رصيد من المحل ${ltr('/deposit')}، ولحركات رصيدك ${ltr('/statement')}.`,
    agent: lines(
      rich`لطلب رصيد من المحل ${ltr('/deposit')}، ولحركات رصيدك ${ltr('/statement')}.`,
      rich`لإعطاء زبون رصيدا ${ltr('/transfer')}.`,
      'في مجموعات المحل تطلب بالطريقة نفسها.',
    ),
    owner: lines(
      rich`الوكلاء والزبائن: ${ltr('/people')} و${ltr('/invite')}، والأسعار: ${ltr('/prices')}`,
      rich`الأرصدة: ${ltr('/deposit')} و${ltr('/correct')} و${ltr('/statement')}`,
      rich`الطلبات: ${ltr('/orders')} و${ltr('/today')}، ومن فعل ماذا: ${ltr('/audit')}`,
      rich`إيقاف البيع واستئنافه: ${ltr('/pause')} و${ltr('/resume')}، والمجموعات: ${ltr('/groups')}`,
    ),
  },
  sendText: 'أرسل رقم الخط كتابة بالأرقام.',
  notUnderstood: rich`لم أجد رقم خط في رسالتك. أرسله بالأرقام أو اضغط ${ltr('/topup')}.`,

  anonymous: 'أوقف إخفاء الهوية لتطلب من هنا، فالمشرفون المجهولون لا يمكن التمييز بينهم.',
  oops: '⚠️ حدث خلل هنا. الطلبات المدفوعة مستمرة. أعد المحاولة.',

  balance: (balance, held) =>
    lines(rich`الرصيد: ${bold(da(balance))}`, held === 0 ? null : `محجوز لطلبات جارية: ${da(held)}`),
  walletBalance: (spendable, held, ceiling) =>
    lines(
      rich`الرصيد: ${bold(da(subtract(spendable, ceiling)))}`,
      ceiling === 0 ? null : `يمكنك إنفاق: ${da(spendable)} (منها ائتمان: ${da(ceiling)})`,
      held === 0 ? null : `محجوز للطلبات الجارية: ${da(held)}`,
    ),
  balanceInGroup: 'رصيدك لا يُعرض إلا لك: بهذا الزر، أو في المحادثة الخاصة.',
  languageAsk: 'العربية · Français · English',
  languageSet: 'من الآن بالعربية.',
};
