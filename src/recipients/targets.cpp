#include "recipients/targets.h"

#include <algorithm>
#include <string>

#include "base/diagnostics.h"
#include "unicode/matching.h"

namespace handout::recipients {
namespace {

struct TargetRow {
  Target target;
  std::string_view name;
  std::string_view headers;  // what lists call it, folded (unicode/matching.h), parted by spaces
};

// The table of what columns are called, in the languages that handouts are in and some others. A name stands at one target only (a test sees to it).
constexpr std::array<TargetRow, kTargets> kTable{{
    {Target::Key, "key", "key id patientid patientnumber patientno patientkey personid recipientid recipientkey clientid mrn medicalrecordnumber accountnumber patientennummer patientnr numeropatient idpatient idpaciente numerodepaciente "
     "رقمالمريض 病历号 患者id 患者番号 환자번호 mabenhnhan idпациента"},
    {Target::Given, "name.given", "namegiven given givenname givennames firstname first forename forenames firstnames vorname vornamen prenom prenoms nombre nombres primeironome имя الاسمالاول 名 名字 名前 이름 ten नाम"},
    {Target::Family, "name.family", "namefamily family familyname lastname last surname nachname familienname nomdefamille nomfamille apellido apellidos cognome sobrenome фамилия اسمالعائلة اللقب 姓 姓氏 苗字 성 ho उपनाम"},
    {Target::Prefix, "name.prefix", "nameprefix prefix title salutation honorific anrede titel civilite titulo tratamiento обращение 称谓 敬称"},
    {Target::Suffix, "name.suffix", "namesuffix suffix credentials zusatz"},
    {Target::Display, "name.display", "namedisplay display name fullname displayname patientname recipientname recipient patient nametext vollername nom nome nomcomplet nombrecompleto nomecompleto фио полноеимя الاسمالكامل 姓名 氏名 성명 hoten hovaten पूरानाम"},
    {Target::NameLocale, "name.locale", "namelocale namelanguage localeofname namelang"},
    {Target::BirthDate, "birth-date", "birthdate dob dateofbirth birthday bornon born geburtsdatum geburtstag datedenaissance datenaissance fechadenacimiento fechanacimiento datadenascimento датарождения تاريخالميلاد 出生日期 生年月日 생년월일 ngaysinh जन्मतिथि"},
    {Target::Language, "language", "language languages lang locale preferredlanguage preferredlanguages languagepreference sprache sprachen langue langues idioma idiomas lingua язык اللغة 语言 語言 言語 언어 ngonngu भाषा"},
    {Target::Address, "address", "address addresslines addressline postaladdress mailingaddress street streetaddress postallines anschrift adresse strasse rue direccion domicilio calle endereco indirizzo адрес العنوان 地址 住所 주소 diachi पता"},
    {Target::Line1, "address.line1", "addressline1 address1 line1 street1 adresse1 direccion1 anschrift1 addr1 addressline01"},
    {Target::Line2, "address.line2", "addressline2 address2 line2 street2 adresse2 direccion2 anschrift2 addr2 apt adresszusatz addressline02"},
    {Target::Line3, "address.line3", "addressline3 address3 line3 street3 adresse3 direccion3 anschrift3 addr3 addressline03"},
    {Target::Line4, "address.line4", "addressline4 address4 line4 street4 adresse4 direccion4 anschrift4 addr4 addressline04"},
    {Target::Line5, "address.line5", "addressline5 address5 line5 street5 adresse5 direccion5 anschrift5 addr5 addressline05"},
    {Target::Line6, "address.line6", "addressline6 address6 line6 street6 adresse6 direccion6 anschrift6 addr6 addressline06"},
    {Target::City, "city", "city town posttown locality addresscity postalcity stadt ort wohnort ville ciudad localidad cidade citta город المدينة 城市 市区町村 도시 thanhpho शहर"},
    {Target::District, "district", "district county suburb neighborhood neighbourhood colonia barrio bairro addressdistrict postaldistrict ortsteil quan quanhuyen раион 区 구 الحي"},
    {Target::State, "state", "state province region stateprovince addressstate postalstate bundesland kanton provincia estado provincedelletat область 省 都道府県 도 tinh राज्य المحافظة"},
    {Target::Postcode, "postcode", "postcode zip zipcode postalcode postalzip addresspostalcode addresspostcode postalpostcode plz postleitzahl codepostal codigopostal cp cep cap индекс почтовыииндекс الرمزالبريدي 邮编 邮政编码 郵便番号 우편번호 mabuuchinh पिनकोड "
     "pincode pin eircode"},
    {Target::Country, "country", "country countrycode addresscountry postalcountry land staat pays pais paese страна البلد الدولة 国家 国 국가 quocgia देश nation"},
    {Target::LargePrint, "large-print", "largeprint largetype bigprint grossdruck grosseschrift groscaracteres letragrande крупныишрифт خطكبير 大字 大活字 큰글자 chulon"},
}};

}  // namespace

std::string_view name(Target target) { return kTable.at(static_cast<std::size_t>(target)).name; }

std::optional<Target> target_named(std::string_view name) {
  const auto row = std::find_if(kTable.begin(), kTable.end(), [&](const TargetRow& each) { return each.name == name; });
  return row != kTable.end() ? std::optional(row->target) : std::nullopt;
}

std::vector<std::string_view> target_names() {
  std::vector<std::string_view> names;
  for (const TargetRow& row : kTable) names.push_back(row.name);
  return names;
}

namespace {

std::optional<Target> target_of_folded(std::string_view folded) {
  if (folded.empty()) return std::nullopt;
  for (const TargetRow& row : kTable) {
    for (std::size_t at = row.headers.find(folded); at != std::string_view::npos; at = row.headers.find(folded, at + 1)) {
      const std::size_t end = at + folded.size();
      if ((at == 0 || row.headers[at - 1] == ' ') && (end == row.headers.size() || row.headers[end] == ' ')) return row.target;
    }
  }
  return std::nullopt;
}

}  // namespace

std::optional<Target> target_of_header(std::string_view header) {
  const std::string folded = unicode::fold_for_matching(header);
  if (const auto target = target_of_folded(folded)) return target;
  // What parts of an address are called stands behind "address" too, as in "address.zip" of JSON.
  constexpr std::string_view kAddress = "address";
  if (!folded.starts_with(kAddress)) return std::nullopt;
  const auto part = target_of_folded(std::string_view(folded).substr(kAddress.size()));
  return part && *part >= Target::Address && *part <= Target::Country ? part : std::nullopt;
}

std::vector<std::string_view> headers_of(Target target) {
  std::vector<std::string_view> headers;
  std::string_view rest = kTable.at(static_cast<std::size_t>(target)).headers;
  while (!rest.empty()) {
    const std::size_t space = rest.find(' ');
    headers.push_back(rest.substr(0, space));
    rest = space == std::string_view::npos ? std::string_view() : rest.substr(space + 1);
  }
  return headers;
}

std::string nearest_header(std::string_view header) {
  const std::string folded = unicode::fold_for_matching(header);
  std::vector<std::string_view> known;
  for (const TargetRow& row : kTable) {
    for (const std::string_view each : headers_of(row.target)) known.push_back(each);
  }
  const std::string nearest = nearest_word(folded, known);
  const auto target = nearest.empty() ? std::nullopt : target_of_header(nearest);
  return target ? std::string(name(*target)) : "";
}

}  // namespace handout::recipients
