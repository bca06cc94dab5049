// errors — their sentences.
#include "eventstore/errors.hpp"

namespace highseas::eventstore {
namespace {

std::string with_remedy(std::string text, const std::string& remedy) {
  if (!remedy.empty()) text += ". Remedy: " + remedy;
  return text;
}

}  // namespace

std::string describe(const OpenError& error) {
  std::string text = error.file;
  if (error.position != 0) text += (text.empty() ? "position " : ", position ") + std::to_string(error.position);
  if (!text.empty()) text += ": ";
  return with_remedy(text + error.message, error.remedy);
}

std::string describe(const ReadError& error) {
  return with_remedy("workspace " + std::to_string(error.workspace) + ", position " + std::to_string(error.position) +
                         ": " + error.message,
                     error.remedy);
}

std::string describe(const AppendError& error) {
  if (error.kind == AppendError::Kind::conflict) {
    return "workspace " + std::to_string(error.workspace) + " takes position " + std::to_string(error.expected) +
           " next";
  }
  return (error.out_of_space ? "out of space: " : "") + error.message;
}

}  // namespace highseas::eventstore
