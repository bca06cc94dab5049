// image_file — an image's parts as bytes, and back: what checkpoint writes and reads.
#pragma once

#include "codec/codec.hpp"
#include "projections/image.hpp"

namespace highseas::projections {

class ImageFile {
 public:
  static std::string head(const Image& image);
  static std::string designs(const Image& image);
  static std::string lists(const Image& image);  // moments, history, commands, cool-downs
  static std::string table(const RecordTable& table);

  // False where the bytes are not what was written.
  static bool read_head(std::string_view bytes, Image& image);
  static bool read_designs(std::string_view bytes, Image& image);
  static bool read_lists(std::string_view bytes, Image& image);
  static bool read_table(std::string_view bytes, Image& image);

 private:
  static void write_events(ByteWriter& out, domain::Events events);
  static std::optional<domain::Events> read_events(ByteReader& in);
  static void write_job(ByteWriter& out, const JobView& job);
  static std::shared_ptr<JobView> read_job(ByteReader& in);
};

}  // namespace highseas::projections
