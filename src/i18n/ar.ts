// Every sentence in Arabic. Lines begin with an Arabic word; numbers, codes and Latin names are isolated.

import { subtract, type Centimes } from '../domain/money.ts';
import type { ProviderRefusal } from '../domain/refusal.ts';
import type { Line, Service } from '../domain/service.ts';
import type { CardFacts, Delivery, QuoteFacts, Sentences } from './en.ts';
import { ago, byName, dateTime, isolate, lineText, money, serviceName } from './format.ts';
import { bold, code, lines, rich, spoiler, type Rich } from './rich.ts';

const L = 'ar';
const da = (amount: Centimes): string => money(L, amount);
const ltr = (piece: Rich | string | number): Rich => isolate(L, piece);
const order = (no: number): Rich => rich`الطلب رقم ${ltr(no)}`;
const named = (service: Service): Rich =>
  rich`خط ${service === 'ADSL' ? ltr('ADSL') : rich`الجيل الرابع ${ltr('4G')}`}`;

const what = (o: CardFacts): Rich =>
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

export const ar: Sentences = {
  languageName: 'العربية',
  sandbox: bold(rich`وضع التجربة ${ltr('SANDBOX')} · لا يُشحن أي خط فعلا`),

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
    service: (service: Service) => serviceName(L, service),
    recharge: 'شحن خط',
    cancel: 'إلغاء',
    back: 'رجوع',
    otherNumber: 'رقم آخر',
    otherAmount: 'مبلغ آخر',
    amount: (value: Centimes, price: Centimes | null) =>
      price === null ? da(value) : `${da(value)} (${da(price)})`,
    confirm: (value: Centimes) => `✅ اشحن ${da(value)}`,
    pay: (price: Centimes) => `✅ ادفع ${da(price)}`,
    payAgain: (price: Centimes) => `نعم، ادفع ${da(price)} مرة أخرى`,
    checkAgain: 'تحقق من جديد',
    copyCode: 'نسخ الرمز',
    again: 'مرة أخرى',
    openPrivate: 'عرض الرمز على الخاص',
    delivered: 'تم شحن الخط',
    moneyBack: 'إعادة المبلغ',
    sure: 'نعم، متأكد',
  },

  welcome: lines(
    rich`هنا تشحن خطوط ${ltr('ADSL')} والألياف والجيل الرابع ${ltr('4G')}.`,
    'أرسل رقم الخط أو اضغط على الزر.',
  ),
  stranger: (id: number) =>
    lines('هذه الخدمة خاصة بأصحاب المحل.', rich`للشراء من هنا، أعط المحل رقمك في تيليغرام: ${ltr(code(id))}`),
  help: lines(
    rich`أرسل رقم الخط أو اضغط ${ltr('/topup')} ثم اتبع الأزرار.`,
    rich`دفعة واحدة: ${ltr(code('/topup 036362608 1000'))}`,
    rich`لعرض طلب أرسل ${ltr('/status')} مع رقمه، ولعرض آخر الطلبات ${ltr('/history')}.`,
    'بعد الدفع يمكنك إغلاق المحادثة، فالرسالة تكتمل وحدها.',
  ),
  sendText: 'أرسل رقم الخط كتابة بالأرقام.',
  notUnderstood: rich`لم أجد رقم خط في رسالتك. أرسله بالأرقام أو اضغط ${ltr('/topup')}.`,

  askService: 'ماذا تريد أن تشحن؟',
  askServiceFor: (digits: string) => rich`الرقم ${ltr(code(digits))}: لأي خدمة هذا الخط؟`,
  askNumber: (service: Service) =>
    service === 'ADSL'
      ? rich`خط ${ltr('ADSL')} أو الألياف. أرسل رقم الخط: 9 أرقام تبدأ بـ 0، مثل ${ltr(code('036 36 26 08'))}.`
      : rich`الجيل الرابع ${ltr('4G')}. أرسل رقم الخط: 10 أرقام تبدأ بـ 04، أو 12 رقما تبدأ بـ 213، مثل ${ltr(code('213 472 73 16 02'))}.`,

  notANumber: '⚠️ هذا ليس رقم خط. أرسله بالأرقام.',
  wrongLength: (service: Service) =>
    service === 'ADSL'
      ? rich`⚠️ رقم خط ${ltr('ADSL')} أو الألياف من 9 أرقام ويبدأ بـ 0. تحقق منه وأرسله من جديد.`
      : rich`⚠️ رقم الجيل الرابع من 10 أرقام تبدأ بـ 04، أو 12 رقما تبدأ بـ 213. تحقق منه وأرسله من جديد.`,
  mobile: '⚠️ هذا رقم هاتف نقال. أرسل رقم خط الإنترنت.',
  looksOther: (other: Service, line: Line, masked = false) =>
    rich`⚠️ يبدو أن ${lineText(L, line, masked)} ${named(other)}. اختره من الأسفل أو أرسل رقما آخر.`,
  notALine: (service: Service) =>
    service === 'ADSL'
      ? rich`⚠️ هذا الرقم ليس خط ${ltr('ADSL')}. تحقق منه وأرسله من جديد، أو اختر الجيل الرابع ${ltr('4G')}.`
      : rich`⚠️ هذا الرقم ليس خط الجيل الرابع ${ltr('4G')}. تحقق منه وأرسله من جديد، أو اختر ${ltr('ADSL')}.`,
  cannotCheck: '⚠️ لا يمكن التحقق من الخطوط حاليا، وقد يكون الرقم صحيحا. لم يُخصم شيء. أعد المحاولة بعد قليل.',

  lineFound: (line: Line, offer: string | null, masked: boolean) =>
    lines(
      rich`وُجد الخط: ${bold(lineText(L, line, masked))}`,
      offer === null ? null : rich`العرض: ${ltr(offer)}`,
    ),
  chooseAmount: 'اختر المبلغ (بين قوسين ما تدفعه).',
  chooseAmountInGroup: 'اختر المبلغ.',
  nothingInStock: (service: Service) =>
    rich`⚠️ لا يوجد حاليا أي مبلغ متوفر: ${named(service)}. تحقق من جديد بعد بضع دقائق.`,
  amountNotOffered: '⚠️ هذا المبلغ غير متوفر. اختر مبلغا آخر.',
  amountGone: '⚠️ نفد هذا المبلغ للتو، ولم يُخصم شيء. اختر مبلغا آخر.',

  quote: (q: QuoteFacts) =>
    lines(
      bold('تحقق ثم ادفع.'),
      rich`${named(q.service)} · ${lineText(L, q.line, q.masked)}`,
      rich`الشحن: ${bold(da(q.value))}`,
      q.masked ? null : rich`تدفع: ${bold(da(q.price))}`,
      q.balance === null ? null : `الرصيد: ${da(q.balance)}، ثم ${da(subtract(q.balance, q.price))}`,
    ),
  priceChanged: (price: Centimes) => `⚠️ أصبح السعر ${da(price)}. لم يُخصم شيء.`,
  priceChangedInGroup: '⚠️ تغيّر السعر. لم يُخصم شيء.',
  short: (missing: Centimes, balance: Centimes, price: Centimes) =>
    lines(`⚠️ ينقصك ${da(missing)}. رصيدك ${da(balance)} والسعر ${da(price)}.`),
  shortInGroup: '⚠️ الرصيد لا يكفي لهذا المبلغ.',
  fitting: 'المبالغ الممكنة:',
  twin: (no: number, at: number) =>
    rich`⚠️ ${order(no)} (${ago(L, at)}) يشحن الخط نفسه بالمبلغ نفسه. هل تدفع مرة أخرى؟`,
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
  nothingToCancel: 'لا توجد عملية لإلغائها.',
  tooLateToCancel: (no: number) =>
    rich`${order(no)} أُرسل إلى المتعامل ولا يمكن إلغاؤه. رسالته ستخبرك كيف انتهى.`,
  closedIdle: rich`أُغلقت العملية بعد 30 دقيقة دون جواب. لم يُخصم شيء. للبدء من جديد ${ltr('/topup')}.`,
  outdated: rich`حُدّثت الخدمة في هذه الأثناء. لم يُخصم شيء. للبدء من جديد ${ltr('/topup')}.`,
  staleButton: 'لم يعد هذا الزر مستعملا. للبدء من جديد \u2068/topup\u2069.',
  notYours: '⛔ هذا الزر لصاحب الطلب فقط.',
  anonymous: 'أوقف إخفاء الهوية لتطلب من هنا، فالمشرفون المجهولون لا يمكن التمييز بينهم.',
  oops: '⚠️ حدث خلل هنا. الطلبات المدفوعة مستمرة. أعد المحاولة.',

  sending: (o: CardFacts) => lines(rich`⏳ ${order(o.no)}: جارٍ الإرسال.`, what(o)),
  inProgress: (o: CardFacts) =>
    lines(
      rich`⏳ ${order(o.no)}: قيد التنفيذ (بدأ ${ago(L, o.at)}).`,
      what(o),
      'يستغرق عادة أقل من دقيقة. يمكنك إغلاق المحادثة.',
    ),
  delivered: (o: CardFacts, d: Delivery) =>
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
  refunded: (o: CardFacts, note: string | null) =>
    lines(notRecharged(o), what(o), note === null ? null : rich`يقول المتعامل: ${ltr(note)}`),
  rejected: (o: CardFacts, refusal: ProviderRefusal) =>
    lines(notRecharged(o), what(o), `السبب: ${refused[refusal.reason]}.`),
  queued: (o: CardFacts) =>
    lines(
      rich`🕒 ${order(o.no)} مقبول ومبرمج لدى اتصالات الجزائر خلال 12 إلى 48 ساعة.`,
      what(o),
      'سنخبرك هنا، لا تُعد الطلب.',
    ),
  unknown: (o: CardFacts) =>
    lines(
      rich`🔎 ${order(o.no)} قيد التحقق لدى اتصالات الجزائر.`,
      what(o),
      'مبلغك محفوظ، لا تُعد الطلب، وسنخبرك هنا.',
    ),
  review: (o: CardFacts) =>
    lines(
      rich`🔎 ${order(o.no)} أخذ وقتا غير معتاد، والمحل يتابعه.`,
      what(o),
      'مبلغك محفوظ، لا تُعد الطلب، وسنخبرك هنا.',
    ),
  announce: {
    fulfilled: (no: number) => rich`✅ ${order(no)}: تم الشحن.`,
    refunded: (no: number) => rich`↩️ ${order(no)}: لم يتم الشحن، وأُعيد المبلغ.`,
  },

  balance: (balance: Centimes, held: Centimes) =>
    lines(rich`الرصيد: ${bold(da(balance))}`, held === 0 ? null : `محجوز لطلبات جارية: ${da(held)}`),
  walletBalance: (spendable, held, ceiling) =>
    lines(
      rich`الرصيد: ${bold(da(subtract(spendable, ceiling)))}`,
      ceiling === 0 ? null : `يمكنك إنفاق: ${da(spendable)} (منها ائتمان: ${da(ceiling)})`,
      held === 0 ? null : `محجوز للطلبات الجارية: ${da(held)}`,
    ),
  balanceInGroup: 'رصيدك يظهر في المحادثة الخاصة فقط.',
  noHistory: rich`لا توجد طلبات بعد. ابدأ أول طلب بـ ${ltr('/topup')}.`,
  historyTitle: bold('آخر طلباتك'),
  historyLine: (o: CardFacts, mark: string) =>
    rich`${mark} طلب ${ltr(o.no)} · ${lineText(L, o.line, o.masked)} · ${da(o.value)} · ${dateTime(L, o.at)}`,
  statusUsage: rich`أضف رقم الطلب: ${ltr(code('/status 1042'))}`,
  noSuchOrder: 'لا يوجد لك طلب بهذا الرقم.',
  languageAsk: 'العربية · Français · English',
  languageSet: 'من الآن بالعربية.',

  alerts: {
    key: rich`⚠️ رفض المزوّد المفتاح. لا بيع حتى يُعاد تشغيل البوت بقيمة صحيحة لـ ${ltr('ONECLICK_API_KEY')}. الطلبات المفتوحة محفوظة.`,
    address:
      '⚠️ حجب المزوّد عنوان هذا الخادم. سيعيد البوت المحاولة وحده بعد نحو 15 دقيقة. راجع العناوين المسموح بها في لوحة التحكم.',
    disabled: '⚠️ عطّل المزوّد هذا المفتاح. فعّله في لوحة التحكم ثم أعد تشغيل البوت. الطلبات المفتوحة محفوظة.',
    readOnly: '⚠️ مفتاح المزوّد للقراءة فقط. أعد تشغيل البوت بمفتاح يسمح بالشراء. الطلبات المفتوحة محفوظة.',
    recovered:
      '⚠️ وُجد سجل الطلبات تالفا وبدأ البوت من نسخته السابقة. كل طلب مفتوح يُراجع قبل إرسال أي شيء. افحص القرص.',
    disk: '⚠️ القرص لا يقبل سجل الطلبات (ممتلئ؟). لا بيع حتى يقبله، والطلبات المفتوحة تنتظر.',
    shopShort: '⚠️ تعذرت خدمة أحد المشترين: رصيد المحل لدى المزود لا يغطي الشراء. اشحن الرصيد.',
    shopBalance: (no: number) => rich`⚠️ ${order(no)} رُفض: رصيد المحل لدى المزوّد غير كاف. اشحنه.`,
    review: {
      overdue: (o: CardFacts) =>
        lines(rich`⚠️ ${order(o.no)} تجاوز مدته. ابحث عنه في لوحة تحكم المزوّد.`, what(o)),
      mismatch: (o: CardFacts) =>
        lines(rich`⚠️ ${order(o.no)}: طلب المزوّد يحمل رقما أو مبلغا مختلفا. قارن بينهما.`, what(o)),
      lost: (o: CardFacts) =>
        lines(rich`⚠️ ${order(o.no)}: أُرسل مرتين والمزوّد لا يعرفه. ابحث عنه في لوحة التحكم.`, what(o)),
    },
    reference: (ref: string) => rich`مرجعنا: ${ltr(code(ref))}`,
    settleHint: 'إن كنت تعرف كيف انتهى، أخبرنا هنا.',
    sure: {
      fulfilled: (no: number) => rich`${order(no)}: تم شحن الخط ويُقتطع المبلغ. هل أنت متأكد؟`,
      refunded: (no: number) => rich`${order(no)}: لم يُشحن الخط ويُعاد المبلغ. هل أنت متأكد؟`,
    },
    settled: (no: number) => rich`${order(no)} سُوّي.`,
    notInReview: (no: number) => rich`${order(no)} سُوّي من تلقاء نفسه في هذه الأثناء.`,
    word: (o: CardFacts, word: string) =>
      lines(
        rich`⚠️ ${order(o.no)}: يقول المزوّد ${ltr(code(word))}، وهي كلمة جديدة. يبقى الطلب مفتوحا ومتابعا.`,
        what(o),
      ),
  },
};
