#pragma once

#include <exception>
#include <vector>

#include "inspect/document.h"
#include "inspect/summary.h"

// The parts of a summary, each read on its own.
namespace handout::inspect {

Report make_report(Document& document);
std::vector<QPDFObjectHandle> all_objects(QPDF& pdf);

std::optional<Encryption> read_encryption(QPDF& pdf);
std::vector<FontSummary> read_fonts(Document& document);
std::vector<ImageSummary> read_images(const std::vector<QPDFObjectHandle>& objects);
std::vector<AttachmentSummary> read_attachments(QPDF& pdf);
std::vector<std::string> read_labels(Document& document);
std::vector<std::pair<std::string, std::string>> read_preferences(QPDF& pdf);
std::vector<SizeShare> read_sizes(std::string_view bytes, QPDF& pdf, const std::vector<QPDFObjectHandle>& objects);

// All but the faults.
Summary make_summary(std::string_view bytes, Document& document);

// What libqpdf threw.
Unreadable unreadable(const std::exception& error);

}  // namespace handout::inspect
