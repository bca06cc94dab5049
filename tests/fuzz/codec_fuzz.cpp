// codec_fuzz — any bytes are a commit's sections or damage; what was read is written so that it is read back the same.
// An input: for each section u8 whether it has a subject, u16 bytes clear, the clear, u16 bytes secret, the secret.
#include <sstream>

#include "codec/codec.hpp"
#include "tests/fuzz/target.hpp"

namespace highseas::fuzz {
namespace {

void put_counted(std::string& out, std::string_view bytes) {
  out += static_cast<char>(bytes.size() & 0xFF);
  out += static_cast<char>(bytes.size() >> 8);
  out += bytes;
}

std::string bytes_of_hex(const std::string& hex) {
  std::string bytes;
  for (std::size_t i = 0; i + 1 < hex.size(); i += 2) {
    bytes += static_cast<char>(std::stoi(hex.substr(i, 2), nullptr, 16));
  }
  return bytes;
}

class Input {
 public:
  explicit Input(std::string_view left) : left_(left) {}

  bool empty() const { return left_.empty(); }
  std::uint8_t byte() {
    if (left_.empty()) return 0;
    const auto first = static_cast<std::uint8_t>(left_.front());
    left_.remove_prefix(1);
    return first;
  }
  std::string counted() {
    const std::size_t low = byte();
    const std::size_t size = std::min(left_.size(), low | static_cast<std::size_t>(byte()) << 8);
    const std::string taken(left_.substr(0, size));
    left_.remove_prefix(size);
    return taken;
  }

 private:
  std::string_view left_;
};

}  // namespace

std::vector<std::string> dictionary() {
  using namespace std::string_literals;
  return {"\x01"s, "\x00\x00\x00\x00"s, "\xFF\xFF\xFF\xFF"s, "\x80\x80\x80\x80\x01"s, "\x04\x00"s, "公司"s, "\x07"s};
}

// A golden file of tests/codec: "section SUBJECT OWNER CLEAR SECRET" a line, in hex, "-" for none.
std::string input_of(const std::string& file_text) {
  std::istringstream lines(file_text);
  std::string input;
  std::string word;
  std::string subject;
  std::string owner;
  std::string clear;
  std::string secret;
  while (lines >> word && word == "section" && lines >> subject >> owner >> clear >> secret) {
    input += subject == "-" ? '\0' : '\x01';
    put_counted(input, bytes_of_hex(clear));
    put_counted(input, secret == "-" ? std::string() : bytes_of_hex(secret));
  }
  return input;
}

}  // namespace highseas::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace highseas;
  fuzz::Input input({reinterpret_cast<const char*>(data), size});
  std::vector<codec::Section> sections;
  while (!input.empty() && sections.size() < 20) {
    codec::Section section;
    if ((input.byte() & 1) != 0) section.subject = base::Ulid{5, sections.size()};
    section.clear = input.counted();
    section.secret = input.counted();
    sections.push_back(std::move(section));
  }
  for (const auto& section : sections) (void)codec::decode_events(section);
  const auto for_a_fold = codec::decode(sections, codec::Parts::events);
  const auto decoded = codec::decode(sections);
  if (!decoded) {
    FUZZ_CHECK(!decoded.error().what.empty());
    return 0;
  }
  FUZZ_CHECK(for_a_fold.has_value());
  FUZZ_CHECK(for_a_fold->content.events == decoded->content.events);
  const auto again = codec::decode(codec::encode(decoded->content, codec::sealed_by_type()));
  FUZZ_CHECK(again.has_value());
  FUZZ_CHECK(again->content == codec::recorded(decoded->content));
  return 0;
}
