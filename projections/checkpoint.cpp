// checkpoint — a blob for each table, so that no single one is the size of the company.
#include "projections/checkpoint.hpp"

#include "base/text.hpp"
#include "base/zone.hpp"
#include "projections/image_file.hpp"

namespace highseas::projections {

std::string checkpoint_version() {
  return "fold " + std::to_string(kFoldVersion) + ", unicode " + base::unicode_version() + ", zones " +
         base::Zone::data_version();
}

Blobs write_checkpoint(const Image& image) {
  Blobs blobs;
  blobs.emplace_back("designs", ImageFile::designs(image));
  blobs.emplace_back("head", ImageFile::head(image));
  blobs.emplace_back("lists", ImageFile::lists(image));
  for (const auto form : image.forms()) {
    blobs.emplace_back("table-" + std::to_string(form), ImageFile::table(*image.table(form)));
  }
  return blobs;
}

std::shared_ptr<Image> read_checkpoint(const Blobs& blobs) {
  auto image = std::make_shared<Image>();
  if (blobs.size() < 3 || blobs[0].first != "designs" || blobs[1].first != "head" || blobs[2].first != "lists") {
    return nullptr;
  }
  if (!ImageFile::read_designs(blobs[0].second, *image) || !ImageFile::read_head(blobs[1].second, *image) ||
      !ImageFile::read_lists(blobs[2].second, *image)) {
    return nullptr;
  }
  for (std::size_t at = 3; at < blobs.size(); ++at) {
    if (!ImageFile::read_table(blobs[at].second, *image)) return nullptr;
  }
  return image;
}

}  // namespace highseas::projections
