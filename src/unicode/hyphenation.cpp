#include "unicode/breaking.h"

namespace handout::unicode {

struct Hyphenation::Dictionaries {};

Hyphenation::Hyphenation(std::vector<std::filesystem::path>) : dictionaries_(std::make_unique<Dictionaries>()) {}
Hyphenation::Hyphenation(Hyphenation&&) noexcept = default;
Hyphenation& Hyphenation::operator=(Hyphenation&&) noexcept = default;
Hyphenation::~Hyphenation() = default;

std::vector<std::filesystem::path> Hyphenation::usual_folders() { return {"/usr/share/hyphen"}; }
std::vector<std::size_t> Hyphenation::hyphenate(std::string_view, const Locale&, const HyphenLimits&) const { return {}; }
std::string Hyphenation::problem(const Locale&) const { return {}; }
bool Hyphenation::needs_hyphens(const Locale&) { return false; }

}  // namespace handout::unicode
