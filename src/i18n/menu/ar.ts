// The command menus and the buttons in Arabic. Labels can't carry entities.

import { da } from '../arabic.ts';
import { serviceName } from '../format.ts';
import type { MenuSentences } from './en.ts';

const L = 'ar';

export const ar: MenuSentences = {
  languageName: 'العربية',
  commands: {
    topup: 'شحن خط',
    balance: 'رصيدك',
    history: 'آخر طلباتك',
    status: 'عرض طلب',
    language: 'العربية · Français · English',
    cancel: 'إيقاف عملية الشحن الجارية',
    help: 'كيف يعمل',
    orders: 'طلبات المحل',
    order: 'طلب واحد بكل مراحله',
    today: 'مبيعات اليوم',
    people: 'الوكلاء والزبائن',
    invite: 'دعوة وكيل أو زبون',
    prices: 'الأسعار والأرباح',
    deposit: 'إضافة مبلغ إلى الرصيد',
    correct: 'تصحيح رصيد مع ذكر السبب',
    statement: 'آخر حركات رصيدك',
    transfer: 'تحويل رصيد إلى زبون',
    groups: 'المجموعات التي يبيع فيها المحل',
    allow: 'تفعيل البيع في هذه المجموعة',
    pause: 'إيقاف البيع مؤقتا',
    resume: 'استئناف البيع',
    audit: 'من فعل ماذا، في ملف',
    threshold: 'تنبيه عند انخفاض رصيد المحل',
  },

  buttons: {
    service: (service) => serviceName(L, service),
    recharge: 'شحن خط',
    cancel: 'إلغاء',
    back: 'رجوع',
    otherNumber: 'رقم آخر',
    otherAmount: 'مبلغ آخر',
    amount: (value, price) => (price === null ? da(value) : `${da(value)} (${da(price)})`),
    confirm: (value) => `✅ اشحن ${da(value)}`,
    pay: (price) => `✅ ادفع ${da(price)}`,
    payAgain: (price) => `نعم، ادفع ${da(price)} مرة أخرى`,
    checkAgain: 'تحقق من جديد',
    copyCode: 'نسخ الرمز',
    again: 'مرة أخرى',
    openPrivate: 'عرض الرمز على الخاص',
    delivered: 'تم شحن الخط',
    moneyBack: 'إعادة المبلغ',
    sure: 'نعم، متأكد',
  },
};
