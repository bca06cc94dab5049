// ids_test — ULIDs in text and bytes, typed ids, and the fresh ids of a commit.
#include "base/ids.hpp"

#include <gtest/gtest.h>

#include <cstring>
#include <set>

namespace highseas::base {
namespace {

constexpr std::uint64_t kAllOnes = ~std::uint64_t{0};

TEST(Ulid, is_written_in_26_characters_of_crockfords_base_32) {
  EXPECT_EQ(format_ulid(Ulid{}), "00000000000000000000000000");
  EXPECT_EQ(format_ulid(Ulid{kAllOnes, kAllOnes}), "7ZZZZZZZZZZZZZZZZZZZZZZZZZ");
  EXPECT_EQ(format_ulid(Ulid{0, 32}), "00000000000000000000000010");
  EXPECT_EQ(format_ulid(Ulid{1, 0}), "0000000000000G000000000000");
  // The specification's example of a time: 1469918176385 ms is "01ARYZ6S41".
  EXPECT_EQ(format_ulid(Ulid{std::uint64_t{1469918176385} << 16, 0}).substr(0, 10), "01ARYZ6S41");
}

TEST(Ulid, comes_back_from_its_text_in_either_case) {
  for (Ulid ulid : {Ulid{}, Ulid{1, 2}, Ulid{0x0123456789ABCDEF, 0xFEDCBA9876543210}, Ulid{kAllOnes, kAllOnes}}) {
    std::string text = format_ulid(ulid);
    EXPECT_EQ(parse_ulid(text), ulid);
    for (char& c : text) c = static_cast<char>(std::tolower(c));
    EXPECT_EQ(parse_ulid(text), ulid);
  }
}

TEST(Ulid, takes_nothing_but_its_alphabet_length_and_range) {
  for (auto text : {"", "0", "0000000000000000000000000", "000000000000000000000000000", "80000000000000000000000000",
                    "0000000000000000000000000I", "0000000000000000000000000L", "0000000000000000000000000O",
                    "0000000000000000000000000U", "0000000000000000000000000-", "U0000000000000000000000000",
                    " 0000000000000000000000000", "[0000000000000000000000000"}) {
    EXPECT_FALSE(parse_ulid(text)) << text;
  }
  EXPECT_FALSE(parse_ulid(std::string(26, '\0')));
}

TEST(Ulid, sorts_alike_as_number_text_and_bytes) {
  const std::vector<Ulid> rising = {{0, 1}, {0, 256}, {0, kAllOnes}, {1, 0}, {256, 0}, {std::uint64_t{1} << 63, 0}};
  for (std::size_t i = 1; i < rising.size(); ++i) {
    EXPECT_LT(rising[i - 1], rising[i]);
    EXPECT_LT(format_ulid(rising[i - 1]), format_ulid(rising[i]));
    EXPECT_LT(ulid_bytes(rising[i - 1]), ulid_bytes(rising[i]));
    EXPECT_EQ(ulid_from_bytes(ulid_bytes(rising[i]).data()), rising[i]);
  }
}

TEST(Id, is_read_only_with_its_own_prefix) {
  const MemberId member{{1, 2}};
  EXPECT_EQ(format_id(member), "mem_" + format_ulid(member.ulid));
  EXPECT_EQ(parse_id<MemberTag>(format_id(member)), member);
  EXPECT_FALSE(parse_id<PoolTag>(format_id(member)));
  EXPECT_FALSE(parse_id<MemberTag>(format_ulid(member.ulid)));
  EXPECT_FALSE(parse_id<MemberTag>("mem_"));
  EXPECT_FALSE(parse_id<MemberTag>(format_id(member) + " "));
  EXPECT_EQ(parse_prefixed("cus_", format_id("cus_", member.ulid)), member.ulid);
}

TEST(IdSource, gives_equal_ids_for_equal_time_and_seed) {
  IdSource first(1'700'000'000'000, 42);
  IdSource second(1'700'000'000'000, 42);
  EXPECT_EQ(first.item(7), second.item(7));
  EXPECT_EQ(first.other(), second.other());
  EXPECT_EQ(first.other(), second.other());
  EXPECT_NE(first.item(0), IdSource(1'700'000'000'000, 43).item(0));
  EXPECT_NE(first.item(0), IdSource(1'700'000'000'001, 42).item(0));
}

TEST(IdSource, uses_every_bit_of_the_seed) {
  std::set<Ulid> ids;
  for (int bit = 0; bit < 64; ++bit) ids.insert(IdSource(1, std::uint64_t{1} << bit).item(0));
  EXPECT_EQ(ids.size(), 64u);
}

TEST(IdSource, sorts_items_by_time_then_by_index_and_never_meets_the_others) {
  IdSource source(1'000, kAllOnes);
  std::set<Ulid> ids;
  for (std::uint16_t i = 0; i < 1'000; ++i) {
    ids.insert(source.item(i));
    ids.insert(source.other());
    if (i > 0) {
      EXPECT_LT(source.item(static_cast<std::uint16_t>(i - 1)), source.item(i));
    }
  }
  EXPECT_EQ(ids.size(), 2'000u);
  EXPECT_LT(source.item(0xFFFF), IdSource(1'001, 0).item(0));
  EXPECT_EQ(source.item(3).high >> 16, 1'000u);
}

}  // namespace
}  // namespace highseas::base
