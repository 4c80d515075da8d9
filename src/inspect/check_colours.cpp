// Output intents and colour spaces (ISO 19005-2, 6.2.3, 6.2.4) and transparency (6.2.10).
#include "inspect/check_parts.h"

namespace handout::inspect {

namespace {

// Arrays of colour spaces inside colour spaces: Indexed over ICCBased is two.
constexpr int kDeepestSpace = 5;

long long components(std::string_view space) { return space == "RGB " || space == "Lab " ? 3 : space == "GRAY" ? 1 : space == "CMYK" ? 4 : 0; }

class ColourCheck {
 public:
  ColourCheck(Document& document, const Found& found, Faults& faults) : document_(document), found_(found), faults_(faults) {}

  void run() {
    check_intents();
    for (const auto& [where, space] : found_.spaces) check_space(space, where, 0);
    for (const auto& [space, where] : document_.content.spaces) check_device(space, where);
    if (!output_.empty() || found_.transparency.empty()) return;
    for (std::size_t i = 0; i < document_.pages.size(); ++i) {
      if (!document_.pages[i].getKeyIfDict("/Group").getKeyIfDict("/CS").isNull()) continue;
      add_fault(faults_, "A 6.2.10-2", "page " + std::to_string(i + 1) + ": no output intent and no colour space for blending, but " + found_.transparency + " is transparent");
    }
  }

 private:
  void fault(std::string_view numbers, const std::string& where, std::string_view text) { add_fault(faults_, numbers, where + ": " + std::string(text)); }

  void check_intents() {
    QPDFObjectHandle intents = document_.pdf->getRoot().getKey("/OutputIntents");
    if (intents.isNull()) return;
    const std::string where = "output intent";
    if (!intents.isArray()) return fault("PDF 14.11.5", where, "OutputIntents is no array");
    QPDFObjGen first;
    for (QPDFObjectHandle& intent : intents.getArrayAsVector()) {
      if (!intent.isDictionary() || !intent.getKey("/OutputConditionIdentifier").isString()) {
        fault("PDF 14.11.5", where, "it has no OutputConditionIdentifier");
        continue;
      }
      const bool archive = intent.getKey("/S").isNameAndEquals("/GTS_PDFA1");
      if (intent.hasKey("/DestOutputProfileRef")) fault("A 6.2.3-3", where, "it has DestOutputProfileRef");
      QPDFObjectHandle profile = intent.getKey("/DestOutputProfile");
      if (!profile.isStream()) {
        if (archive) fault("A 6.2.3-1", where, "it has no profile");
        continue;
      }
      if (first != QPDFObjGen() && first != profile.getObjGen()) fault("A 6.2.3-2", where, "two output intents have different profiles");
      first = profile.getObjGen();
      check_output_profile(profile, archive ? output_ : other_output_);
    }
  }

  void check_output_profile(QPDFObjectHandle profile, std::string& space) {
    const ProfileHeader header = read_profile_header(stream_text(profile));
    const std::string where = "output intent";
    const bool known = (header.device_class == "prtr" || header.device_class == "mntr") && (header.space == "RGB " || header.space == "GRAY" || header.space == "CMYK");
    if (!header.good || !known || header.version >= 5) return fault("A 6.2.3-1", where, "its profile is no output or display profile of version 2 to 4");
    QPDFObjectHandle count = profile.getDict().getKey("/N");
    if (!count.isInteger() || count.getIntValue() != components(header.space)) fault("PDF 8.6.5.5", where, "its profile's N is not that of " + header.space);
    space = header.space;
  }

  void check_space(QPDFObjectHandle space, const std::string& where, int depth) {
    if (space.isName()) return check_device(name_of(space), where);
    if (!space.isArray() || space.getArrayNItems() == 0 || depth > kDeepestSpace) return fault("PDF 8.6.3", where, "a colour space is neither name nor array");
    const std::string family = name_of(space.getArrayItem(0));
    const bool based = space.getArrayNItems() > 1;
    if (family == "ICCBased") check_based(based ? space.getArrayItem(1) : QPDFObjectHandle::newNull(), where);
    else if ((family == "Indexed" || family == "Pattern") && based) check_space(space.getArrayItem(1), where, depth + 1);
    else if (family == "Separation" || family == "DeviceN") fault("H-05", where, "colour space " + family);
    else check_device(family, where);
  }

  void check_based(QPDFObjectHandle profile, const std::string& where) {
    if (!profile.isStream()) return fault("PDF 8.6.5.5", where, "ICCBased without a profile");
    const ProfileHeader header = read_profile_header(stream_text(profile));
    const std::string& kind = header.device_class;
    const bool known = (kind == "prtr" || kind == "mntr" || kind == "scnr" || kind == "spac") && components(header.space) != 0;
    if (!header.good || !known || header.version >= 5) return fault("A 6.2.4.2-1", where, "an ICCBased colour space has a profile that PDF/A does not know");
    QPDFObjectHandle count = profile.getDict().getKey("/N");
    if (!count.isInteger() || count.getIntValue() != components(header.space)) fault("PDF 8.6.5.5", where, "N of an ICCBased colour space is not its profile's");
    if (header.space == "CMYK") fault("H-05", where, "an ICCBased colour space of CMYK");  // overprint mode would matter (6.2.4.2)
  }

  void check_device(const std::string& space, const std::string& where) {
    if (space == "DeviceRGB" && output_ != "RGB ") fault("A 6.2.4.3-2", where, "DeviceRGB without an RGB output intent");
    if (space == "DeviceCMYK" && output_ != "CMYK") fault("A 6.2.4.3-3", where, "DeviceCMYK without a CMYK output intent");
    if (space == "DeviceGray" && output_.empty()) fault("A 6.2.4.3-4", where, "DeviceGray without an output intent");
  }

  Document& document_;
  const Found& found_;
  Faults& faults_;
  std::string output_, other_output_;
};

}  // namespace

void check_colours(Document& document, const Found& found, Faults& faults) { ColourCheck(document, found, faults).run(); }

}  // namespace handout::inspect
