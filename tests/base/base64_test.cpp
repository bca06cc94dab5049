// base64_test — the examples of RFC 4648.
#include "base/base64.hpp"

#include <gtest/gtest.h>

namespace highseas::base {
namespace {

TEST(Base64, gives_the_known_answers) {
  EXPECT_EQ(base64(""), "");
  EXPECT_EQ(base64("f"), "Zg==");
  EXPECT_EQ(base64("fo"), "Zm8=");
  EXPECT_EQ(base64("foo"), "Zm9v");
  EXPECT_EQ(base64("foobar"), "Zm9vYmFy");
  EXPECT_EQ(base64("\xfb\xff"), "+/8=");
}

TEST(Base64, for_urls_has_no_padding_and_other_characters) {
  EXPECT_EQ(base64_url("\xfb\xff"), "-_8");
  EXPECT_EQ(base64_url("f"), "Zg");
}

}  // namespace
}  // namespace highseas::base
