// bilingual — one sentence in Chinese and in English.
#pragma once

#include <string>

namespace highseas::base {

struct Bilingual {
  std::string zh;
  std::string en;
};

}  // namespace highseas::base
