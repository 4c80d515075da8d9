#include "recipients/sample_tables.h"

#include <array>

namespace handout::recipients {
namespace {

constexpr std::array<NameTable, 23> kNames{{
    {"en", "en", "US", "Emily|Grace|Olivia|Hannah|Ruth|Carol|Denise|Joan|Abigail|Naomi|Phyllis|Tanya", "James|Walter|Daniel|Marcus|Henry|Leon|Oscar|Curtis|Patrick|Raymond|Theo|Vernon",
     "Miller|Johnson|O'Connor|Washington|Clarke|Bennett|Fitzgerald|Harper|Whitfield|Mercer|Langley|Stone-Rivers", 200},
    {"es-MX", "es", "MX", "María José|Guadalupe|Lucía|Ximena|Rosario|Inés|Concepción|Belén|Noemí|Úrsula", "José Luis|Andrés|Ángel|Joaquín|Ramón|Tomás|Íñigo|Héctor|Raúl|Martín",
     "Hernández Núñez|García|Muñoz Peña|López Ibáñez|Ramírez|Cárdenas|Güemes|Ordóñez|Vázquez|Sáenz de Tejada", 150},
    {"zh", "zh-Hans", "CN", "秀英|丽华|婷婷|雪梅|思雨|玉兰|欣怡|桂芳", "建国|志强|伟|浩然|文博|国栋|子轩|明", "王|李|张|刘|陈|杨|欧阳|赵|黄|司马", 90},
    {"vi", "vi", "VN", "Thị Hương|Ngọc Ánh|Thu Thủy|Mỹ Duyên|Thị Lan|Bích Phượng|Quỳnh Như|Diệu Hiền", "Văn Hùng|Quốc Bảo|Minh Đức|Hữu Phước|Đình Trọng|Thành Long|Xuân Tường|Công Vinh", "Nguyễn|Trần|Lê|Phạm|Huỳnh|Võ|Đặng|Bùi|Đỗ|Ngô", 80},
    {"ar-EG", "ar", "EG", "فاطمة|آمال|نور الهدى|مريم|سلمى|هدى|ياسمين|رقية", "محمد|أحمد|عبد الرحمن|يوسف|خالد|إبراهيم|طارق|حسن", "الحداد|عبد اللطيف|المصري|منصور|الشاذلي|حجازي|سليمان|أبو النجا", 90},
    {"hi", "hi", "IN", "सुनीता|प्रियंका|लक्ष्मी|अनुष्का|कृष्णा|रुक्मिणी|श्रद्धा|मीनाक्षी", "राजेश|अर्जुन|विक्रम|सुरेंद्र|हृषीकेश|दीपक|ज्ञानेश्वर|महेंद्र", "शर्मा|वर्मा|त्रिपाठी|श्रीवास्तव|चौहान|मिश्रा|द्विवेदी|ठाकुर", 70},
    {"de", "de", "DE", "Käthe|Jördis|Anneliese|Gudrun|Mareike|Sieglinde|Zoë|Änne", "Jürgen|Götz|Matthäus|Karl-Heinz|Björn|Wolfgang|Lothar|Rüdiger", "Müller|Groß|Schröder|von der Mühlen|Weiß|Köhler|Fürstenberg|Jäger", 40},
    {"fr", "fr", "FR", "Hélène|Chloé|Éloïse|Françoise|Anaïs|Geneviève|Océane|Maëlle", "François|Benoît|Noël|Gaël|Jérôme|Rémi|Étienne|Raphaël", "Lefèvre|D'Amboise|Béranger|Châtelain|Le Goff|Delaunay|Maçon|Crêpin", 30},
    {"pl", "pl", "PL", "Małgorzata|Agnieszka|Łucja|Grażyna|Żaneta|Świętosława", "Stanisław|Łukasz|Zdzisław|Wojciech|Bożydar|Krzysztof", "Kowalski/Kowalska|Wiśniewski/Wiśniewska|Wójcik|Dąbrowski/Dąbrowska|Szczęsny/Szczęsna|Żak", 20},
    {"tr", "tr", "TR", "Ayşe|Gülşen|Çiğdem|Işıl|Şükriye|Ebru", "İbrahim|Oğuz|Çağrı|Ömer|Şahin|Görkem", "Yılmaz|Öztürk|Çelik|Şimşek|Aydoğan|Güneş", 15},
    {"hu", "hu", "HU", "Ágnes|Erzsébet|Tünde|Zsófia|Ildikó|Márta", "György|László|Ödön|Győző|András|Zoltán", "Szűcs|Tóth|Kövér|Németh|Fehérváry|Nagy", 10},
    {"ru", "ru", "RU", "Анна|Екатерина|Наталья|Ольга|Ксения|Любовь", "Дмитрий|Алексей|Юрий|Фёдор|Николай|Пётр", "Иванов/Иванова|Соловьёв/Соловьёва|Щербаков/Щербакова|Ковальчук|Белозёрский/Белозёрская|Цой", 40},
    {"el", "el", "GR", "Ελένη|Αικατερίνη|Δήμητρα|Ευαγγελία|Σταυρούλα|Αΐντα", "Γεώργιος|Παναγιώτης|Αθανάσιος|Ιωάννης|Χρήστος|Μιχαήλ", "Παπαδόπουλος/Παπαδοπούλου|Οικονόμου|Καραγιάννης/Καραγιάννη|Μαυρίδης/Μαυρίδου|Ζαΐμης/Ζαΐμη", 15},
    {"he", "he", "IL", "מרים|שושנה|נועה|יעל|אביגיל|תמר", "דוד|משה|אברהם|איתי|יהונתן|שלמה", "כהן|לוי|בן־דוד|מזרחי|שפירא|אבוטבול", 15},
    {"bn", "bn", "BD", "নাসরিন|শারমিন|অর্পিতা|ফারজানা|মৌসুমী|রোকেয়া", "মোহাম্মদ|আব্দুল করিম|সৌমিত্র|রফিকুল|শাহরিয়ার|অনির্বাণ", "রহমান|চট্টোপাধ্যায়|হোসেন|ভট্টাচার্য|চৌধুরী|আহমেদ", 20},
    {"th", "th", "TH", "สมหญิง|กัญญารัตน์|ปิยะนุช|สุดารัตน์|น้ำฝน|พรทิพย์", "สมชาย|ณัฐวุฒิ|ธีระพงษ์|กิตติศักดิ์|ประเสริฐ|วรวิทย์", "ศรีสุวรรณ|แก้วมณี|วงศ์ประเสริฐ|ทองดี|จันทร์หอม|สุขสันต์", 15},
    {"zh-Hant", "zh-Hant", "TW", "淑芬|雅婷|怡君|麗華|佩珊|靜宜", "志明|家豪|俊傑|冠宇|宗翰|國華", "陳|林|黃|張簡|吳|劉", 15},
    {"ja", "ja", "JP", "花子|美咲|さくら|陽菜|ケイ|裕美", "太郎|健一|翔太|勇気|マサル|剛", "佐藤|鈴木|高橋|小鳥遊|渡邊|五十嵐", 20},
    {"ko", "ko", "KR", "서연|지우|영희|은주|하늘|민서", "민준|철수|동현|상우|진|태양", "김|이|박|최|남궁|황보", 20},
    {"hy", "hy", "AM", "Անահիտ|Գոհար|Լուսինե|Մարիամ|Շուշանիկ", "Արամ|Հովհաննես|Գևորգ|Տիգրան|Վարդան", "Պետրոսյան|Հակոբյան|Տեր-Գրիգորյան|Մանուկյան|Ղազարյան", 10},
    {"ka", "ka", "GE", "ნინო|ქეთევან|თამარ|ელენე|მაყვალა", "გიორგი|ლევან|ვახტანგ|ზურაბ|ავთანდილ", "ბერიძე|კაპანაძე|მამულაშვილი|ჯავახიშვილი|წერეთელი", 10},
    {"am", "am", "ET", "ሰላማዊት|አልማዝ|ትዕግሥት|ብርቱካን", "አበበ|ተስፋዬ|ዮሐንስ|ኃይለ", "ገብረ መድኅን|ታደሰ|ወልደ ማርያም|በቀለ", 10},
    {"pt-BR", "pt", "BR", "Conceição|Assunção|Júlia|Antônia|Lívia|Inês", "João|Antônio|Vinícius|César|Luís|Estêvão", "da Conceição|Araújo|Gonçalves|dos Santos|Magalhães|Simões", 15},
}};

constexpr std::array<PlaceTable, 24> kPlaces{{
    {"US", "# *", "Maple Street|Old Quarry Road|Juniper Lane|W 14th Avenue|Harbor View Drive|Cottonwood Court|County Road 9|Saint Brendan Boulevard", "Marlow Falls~~OH~441##|Port Ellery~~MA~021##|Cedar Notch~~CO~804##-####|San Ramiro~~TX~782##|Lake Ansel~~MN~553##|Eastwick~~PA~190##", "Apt #"},
    {"GB", "# *", "Millrace Lane|Chandlers Row|St Osyth's Terrace|The Old Tannery|Fernhill Crescent|Gasworks Street", "Little Averham~~~LS## #@@|Thornby-on-Sea~~~BN# #@@|Castle Ashwick~~~NN## #@@|Abermorfa~~~SA## #@@", "Flat #"},
    {"CA", "# *", "Rideau Mill Road|Rue des Érables|Spruce Bay Drive|Chemin du Lac-Noir|Prairie Rose Way", "Northbrook Bay~~ON~K#% #%#|Saint-Ambroise-des-Monts~~QC~J#% #%#|Fairholme~~AB~T#% #%#", "Unit #"},
    {"AU", "# *", "Wattle Grove|Ironbark Road|Esplanade North|Shearers Lane", "Coolabah Creek~~NSW~2###|Port Mathers~~VIC~3###|Mount Elsie~~QLD~4###", "Unit #"},
    {"MX", "* #", "Calle de los Fresnos|Av. Benito Quiroga|Privada Santa Brígida|Calle 5 de Octubre|Callejón del Ángel", "San Jacinto del Río~Col. Las Ánimas~Jalisco~45###|Villa Aldama Nueva~Col. Centro~Puebla~72###|Tecuala de Flores~Col. El Mirador~Oaxaca~68###", "Depto. #"},
    {"BR", "*, #", "Rua das Acácias|Avenida São Venâncio|Travessa do Carmo Velho|Alameda dos Ipês", "São Bento do Araçá~Jardim Alvorada~SP~13###-###|Serra Bonita~Centro~MG~35###-###|Porto das Conchas~Praia Funda~BA~45###-###", "Apto. #"},
    {"DE", "* #", "Lindenstraße|Am Mühlbach|Schloßgartenweg|Bürgermeister-Köhler-Straße|Hinter der Kirche", "Oberwiesenthal-Süd~~~09###|Bad Lauterstein~~~37###|Neuenfelde an der Aue~~~21###|Groß Lindow-Weiler~~~15###", "Wohnung #"},
    {"FR", "# *", "rue de l'Ancienne-Poste|chemin des Noisetiers|boulevard Amiral-Kéravel|impasse du Pressoir", "SAINT-AUBIN-LA-FORÊT~~~61###|VILLENEUVE-SUR-ORGE~~~02###|KERVOËL~~~29###", "Appartement #"},
    {"PL", "ul. * #", "Żeglarska|Świętego Wawrzyńca|Kwiatowa|Młyńska", "Dębowa Łąka Górna~~~87-###|Stare Źródło~~~05-###|Wólka Śląska~~~41-###", "m. #"},
    {"TR", "* No: #", "Çınaraltı Sokak|Şehit Öğretmen Caddesi|Değirmen Yolu Sokak|İncirli Bahçe Sokak", "Yeşilköprü~Bahçeköy Mah.~İzmir~35###|Güneşli~Çamlık Mah.~Ankara~06###|Taşpınar~Yeni Mah.~Muğla~48###", "Daire #"},
    {"HU", "* #.", "Fűzfa utca|Kossuth köz|Tölgyfa sétány|Ősz utca", "Kisvölgyfő~~~34##|Nagyszőlős-puszta~~~88##|Újhegyfalu~~~21##", ""},
    {"RU", "ул. *, д. #", "Лесная Поляна|Академика Щербакова|Набережная|Вишнёвая", "Заречный Яр~~Тверская обл.~170###|Новосолнечный~~Московская обл.~141###|Белый Ключ~~Республика Карелия~185###", "кв. #"},
    {"GR", "* #", "Οδός Ανεμώνης|Αγίου Φιλοθέου|Λεωφόρος Ελαιώνων|Παραλιακή", "Νέα Καλλιρρόη~~~341 ##|Άνω Πλατάνι~~~222 ##|Χρυσοπηγή~~~731 ##", ""},
    {"EG", "# *", "شارع النخيل|شارع الإمام الليثي|شارع البستان القديم|شارع الورد", "مدينة الربيع~~الجيزة~12###|كفر الزيتون~~الدقهلية~35###|عزبة النور~~الإسكندرية~21###", "شقة #"},
    {"IL", "* #", "רחוב האלון|רחוב הרב אלבז|שדרות הכרמים|סמטת הגפן", "גבעת האורנים~~~76#####|נווה אלמוג~~~84#####|כפר תבור עילית~~~15#####", "דירה #"},
    {"IN", "#, *", "Lakshmi Nagar Road|Old Mill Street|Gandhi Chowk|Temple Tank Road|Sector 14 Market Road", "Rampura Kalan~Nandgaon Taluka~Rajasthan~302###|Shivpuri Khas~Near Bus Stand~Uttar Pradesh~226###|Kottavayal~Thekkumuri~Kerala~682###", "Flat #"},
    {"BD", "# *", "শাপলা সড়ক|স্টেশন রোড|কবি নজরুল লেন|পুরাতন হাট রোড", "সোনাপুর নগর~সদর~ঢাকা~12##|নবীনগঞ্জ বাজার~উত্তর পাড়া~চট্টগ্রাম~42##", ""},
    {"TH", "# *", "ถนนดอกบัว|ซอยวัดเก่า|ถนนริมคลองใหม่|ถนนพระยาสุนทร", "บ้านสวนใหม่~ตำบลหนองบัวแดง~เชียงใหม่~50###|ท่าเรือเก่า~ตำบลทุ่งทอง~นครปฐม~73###", ""},
    {"CN", "*#号", "梧桐路|人民东街|青石巷|湖滨大道", "清河市~安宁区~山东省~25####|临江市~新桥区~四川省~61####|南屏市~西园区~广东省~51####", "#室"},
    {"TW", "*#號", "中興路二段|竹林街|和平東巷|海濱一路", "新豐市~東林區~~30###|嘉南市~白河區~~73###", "#樓"},
    {"JP", "*#番地", "桜ヶ丘三丁目|本町一丁目|緑台二丁目|若葉町", "星見市~~長野県~39#-####|東雲市~~千葉県~27#-####|白浜町~~北海道~04#-####", "コーポ若葉 #号室"},
    {"KR", "* #", "느티나무로|한빛대로|솔밭길|새마을로3길", "새빛시~푸른구~경기도~1####|한울시~가람구~전라남도~5####", "#호"},
    {"AM", "* #", "Ծիրանի փողոց|Վարդան Մեծի փողոց|Այգեստան փողոց", "Նոր Արաքս~~Կոտայք~22##|Վերին Աղբյուր~~Լոռի~20##", "բն. #"},
    {"GE", "* #", "ვაზის ქუჩა|მეგობრობის გამზირი|ძველი წისქვილის ქუჩა", "ახალი წყარო~~~38##|ზემო ველი~~~48##", ""},
}};

}  // namespace

std::span<const NameTable> name_tables() { return kNames; }
std::span<const PlaceTable> place_tables() { return kPlaces; }

}  // namespace handout::recipients
