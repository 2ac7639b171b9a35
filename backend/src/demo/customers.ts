/** A customer of the demo: name, the language they write, and whether they left an address. */
export interface Somebody {
  name: string;
  language: string;
  email: string | null;
}

/** By the language they write; names as people have them: accents, other scripts, emoji, one word, very long. */
const NAMES: Record<string, string> = {
  en: `Carla Rossi|Oliver Whitfield|Siobhán O’Sullivan|Thandiwe Mokoena|Jack Nguyen|Grace Achieng|Ravi Menon|Bo Li
    |Maximiliane-Theresia von Hohenzollern-Sigmaringen zu Altdorf und Waldburg-Wolfegg|⭐ Luna ⭐|Dr. Priyanka Chatterjee
    |Mohammed Al-Amin Abubakar|Zoë Kravchenko|D’Angelo Washington Jr.|Nia 🌻|Ifeoma Nwosu|Þóra Guðmundsdóttir|Madonna
    |Sam (they/them)|Hemi Tāwhiri|Charlotte Beaumont-Featherstonehaugh`,
  de: 'Jürgen Müller|Lena Großmann|Maja Öztürk|Freifrau Adelheid von der Tann',
  fr: 'Chloé Lefèvre|Jean-Baptiste Kouamé|Noémie Bélanger',
  es: 'María José Peña|Íñigo Etxeberria|Ximena Quispe Mamani',
  pt: 'João Guimarães|Conceição Araújo',
  it: 'Niccolò D’Alò|Giulia Ferrari',
  nl: 'Sanne van der Heijden|Joost de Vries',
  pl: 'Łukasz Wiśniewski|Żaneta Brzęczyszczykiewicz',
  sv: 'Åsa Lindström|Björn Håkansson',
  tr: 'Gülşah Yıldırım|Çağan Işık',
  ru: 'Екатерина Соколова|Артём Щукин',
  uk: 'Оксана Мельниченко',
  el: 'Ελένη Παπαδοπούλου',
  ar: 'فاطمة الزهراء بنعلي|محمد عبد الرحمن الهاشمي|ليلى حداد',
  he: 'נועה פרידמן|יוסי בן־דוד',
  fa: 'زهرا کریمی',
  hi: 'अनन्या शर्मा',
  zh: '王小明|李雪梅',
  ja: '佐藤 美咲|鈴木 健太郎',
  ko: '김민지|박서준',
  vi: 'Nguyễn Thị Hồng Nhung',
};

const HOSTS = ['example.com', 'example.org', 'example.net'];

export const CUSTOMERS: readonly Somebody[] = Object.entries(NAMES).flatMap(([language, names]) =>
  names.split('|').map((text, index) => {
    const name = text.trim();
    // Every fifth did not leave an address.
    return { name, language, email: index % 5 === 3 ? null : addressOf(name, language, index) };
  }),
);

function addressOf(name: string, language: string, index: number): string {
  const latin = name
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^a-z]+/g, '.')
    .replaceAll(/^\.+|\.+$/g, '')
    .slice(0, 40);
  return `${latin.length < 3 ? `${language}.customer${index + 1}` : latin}@${HOSTS[index % HOSTS.length] ?? 'example.com'}`;
}
