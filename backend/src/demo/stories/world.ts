import type { Story } from './story.ts';

const coffee = { brand: 'default', department: 'Sales', tags: ['delivery'] };
const lumen = { brand: 'lumen', department: 'Technical', tags: ['import'] };
const trips = { brand: 'wanderbird', department: 'Bookings', tags: ['change'] };

/** The same desk in other languages. */
export const WORLD_STORIES: readonly Story[] = [
  {
    ...coffee,
    language: 'de',
    lines: [
      'C Guten Tag, meine Bestellung {order} ist noch nicht da. Können Sie bitte nachsehen?',
      'A Guten Tag {first}! Das Paket liegt seit heute früh in {city}, es kommt morgen.',
      'C Wunderbar, danke. Und: größere Tüten, gibt es die auch?',
      'A Ja, 1 kg bei allen Espressi. Ich lege Ihnen eine Probe vom Harbour dazu.',
      'C Sehr nett, vielen Dank! Schöne Grüße nach Übersee.',
    ],
  },
  {
    ...trips,
    language: 'de',
    lines: [
      'C Wir würden gern einen Tag später zurückfahren. Geht das noch?',
      'A Ja, für {amount} mehr. Soll ich umbuchen?',
      'C Bitte, ja.',
      'A Erledigt, die neuen Fahrkarten sind in Ihrem Postfach.',
    ],
  },
  {
    ...coffee,
    language: 'fr',
    lines: [
      'C Bonjour, le moulin que j’ai reçu fait un bruit bizarre…',
      'A Bonjour {first}, désolée ! Pouvez-vous regarder s’il y a un petit caillou entre les meules ?',
      'C Ah oui, en effet ! Je l’ai enlevé, ça marche. Merci beaucoup, vous êtes géniaux.',
      'A Avec plaisir. Bon café !',
    ],
  },
  {
    ...lumen,
    language: 'fr',
    tags: ['invoice'],
    department: 'Billing',
    lines: [
      'C Bonsoir, pourriez-vous ajouter notre numéro de TVA à la facture du {date} ?',
      'A Bonsoir, bien sûr. Quel est ce numéro ?',
      'C FR 40 303265045',
      'A C’est fait, la facture corrigée est dans votre boîte.',
    ],
  },
  {
    ...trips,
    language: 'es',
    lines: [
      'C ¡Hola! ¿Se puede cambiar la fecha de la reserva {order}? Mi vuelo llega un día después.',
      'A ¡Hola, {first}! Sí, sin coste: el hotel tiene sitio. ¿Cambio también el traslado?',
      'C Sí, por favor. El avión aterriza a las 17:20.',
      'A Listo. El conductor espera con su nombre en la salida. ¡Buen viaje!',
      'C ¡Mil gracias!',
    ],
  },
  {
    ...lumen,
    language: 'pt',
    lines: [
      'C Olá, a importação parou em 60 % e não avança. O que posso fazer?',
      'A Olá! O arquivo tem datas em dois formatos. Escolha “dia/mês/ano” em Importar → Avançado e tente de novo, por favor.',
      'C Funcionou! Obrigado pela rapidez 👏',
    ],
  },
  {
    ...coffee,
    language: 'it',
    tags: ['advice'],
    lines: [
      'C Buongiorno! Quale caffè consigliate per la moka?',
      'A Buongiorno {first}, l’Harbour: cacao, nocciola, poca acidità. Macinatura media.',
      'C Perfetto, ne prendo due. Perché no, è quasi Natale.',
    ],
  },
  {
    ...trips,
    language: 'nl',
    lines: [
      'C Hoi, mag de hond mee in de nachttrein?',
      'A Ja hoor, in een eigen coupé. Dat kost {amount} extra. Zal ik het regelen?',
      'C Graag! Hij heet Pannenkoek en snurkt een beetje.',
      'A Genoteerd 🐶 Goede reis met Pannenkoek!',
    ],
  },
  {
    ...lumen,
    language: 'pl',
    lines: [
      'C Dzień dobry, wykres pokazuje dane w złej strefie czasowej.',
      'A Dzień dobry! Strefę zmienia się w Ustawienia → Projekt. Teraz jest tam UTC.',
      'C Rzeczywiście. Dziękuję, działa.',
    ],
  },
  {
    ...coffee,
    language: 'sv',
    lines: [
      'C Hej! Kan jag byta adress på order {order}? Vi har flyttat.',
      'A Hej {first}! Javisst, den har inte gått än. Vart ska den?',
      'C Östra Ågatan 11, Uppsala',
      'A Klart. Välkommen hem!',
    ],
  },
  {
    ...trips,
    language: 'tr',
    lines: [
      'C Merhaba, çocuk indirimi var mı? Kızım 5 yaşında.',
      'A Merhaba {first}! Evet, 6 yaşına kadar ücretsiz.',
      'C Harika, teşekkür ederim 😊',
    ],
  },
  {
    ...lumen,
    language: 'ru',
    tags: ['login'],
    lines: [
      'C Здравствуйте! Не приходит письмо для входа.',
      'A Здравствуйте, {first}. Письмо ушло в 10:42, ваш почтовый сервер отложил его. Посмотрите, пожалуйста, в «Спаме».',
      'C Нашла, спасибо!',
    ],
  },
  {
    ...coffee,
    language: 'uk',
    lines: [
      'C Добрий день! Чи надсилаєте каву до Львова?',
      'A Добрий день! Так, три–чотири дні, доставка {amount}.',
      'C Чудово, замовляю.',
    ],
  },
  {
    ...trips,
    language: 'el',
    lines: [
      'C Καλησπέρα, υπάρχει ακόμα δωμάτιο με θέα;',
      'A Καλησπέρα {first}! Ναι, δύο. Να κρατήσω το ένα;',
      'C Ναι, παρακαλώ!',
    ],
  },
  {
    ...trips,
    language: 'ar',
    lines: [
      'C مرحباً، هل يمكن تغيير موعد الرحلة {order} إلى الأسبوع القادم؟',
      'A أهلاً {first}! نعم، الغرفة متاحة والفرق {amount} فقط. هل أغيّر الحجز؟',
      'C نعم من فضلك 🙏',
      'A تم. أرسلنا التذاكر الجديدة إلى بريدك: https://wanderbird.example/my-bookings',
      'C شكراً جزيلاً على السرعة!',
    ],
  },
  {
    ...lumen,
    language: 'ar',
    lines: [
      'C السلام عليكم، يتوقف الاستيراد عند السطر 18,204 مع رسالة “unexpected quote”. ما السبب؟',
      'A وعليكم السلام. هناك علامة اقتباس داخل النص. اختر “quotes: lenient” في الإعدادات المتقدمة وسيعمل الملف كما هو.',
      'C نجح الأمر، ألف شكر.',
    ],
  },
  {
    ...coffee,
    language: 'he',
    lines: [
      'C שלום, ההזמנה {order} עדיין לא הגיעה. אפשר לבדוק?',
      'A שלום {first}! החבילה הגיעה אתמול לסניף ותצא לחלוקה מחר בבוקר.',
      'C תודה רבה, שבוע טוב!',
    ],
  },
  {
    ...coffee,
    language: 'fa',
    tags: ['advice'],
    lines: [
      'C سلام، کدام قهوه برای دمی بهتر است؟',
      'A سلام {first}! سیداما، روشن و میوه‌ای.',
      'C ممنون، همان را سفارش می‌دهم.',
    ],
  },
  {
    ...lumen,
    language: 'hi',
    lines: [
      'C नमस्ते, डैशबोर्ड आज सुबह से नहीं खुल रहा है।',
      'A नमस्ते {first} जी! क्या आप पेज को एक बार रीलोड कर सकती हैं? हमने अभी सुधार किया है।',
      'C अब चल रहा है, धन्यवाद!',
    ],
  },
  {
    ...coffee,
    language: 'zh',
    lines: [
      'C 你好，请问订单 {order} 什么时候发货？',
      'A 您好！昨天已经发出，预计 {date} 送达。',
      'C 好的，谢谢！另外可以开发票吗？',
      'A 当然可以，已经发到您的邮箱了。',
    ],
  },
  {
    ...trips,
    language: 'ja',
    lines: [
      'C 予約 {order} の人数を2名から3名に変更できますか？',
      'A お問い合わせありがとうございます。追加料金は {amount} です。変更してよろしいでしょうか？',
      'C はい、お願いします。',
      'A 変更いたしました。確認メールをお送りしました。良いご旅行を！',
    ],
  },
  {
    ...lumen,
    language: 'ko',
    lines: [
      'C 안녕하세요, API 키를 새로 발급받으면 기존 키는 언제까지 쓸 수 있나요?',
      'A 안녕하세요! 24시간 동안 둘 다 사용할 수 있습니다.',
      'C 네, 감사합니다 😊',
    ],
  },
  {
    ...trips,
    language: 'vi',
    lines: [
      'C Chào bạn, tôi muốn đặt thêm một phòng cho bố mẹ.',
      'A Chào {first}! Còn một phòng cạnh phòng của bạn, tôi giữ nhé?',
      'C Vâng, cảm ơn bạn nhiều!',
    ],
  },
];
