// restore_test — the bin has a way back, whatever became of the owner and the pool meanwhile.
#include "tests/decision/office.hpp"

namespace highseas::decision::tests {
namespace {

class OutOfTheBin : public ::testing::Test {
 protected:
  std::expected<Decided, domain::Refusal> write(domain::RecordOperation operation,
                                                const std::vector<base::RecordId>& records) {
    domain::WriteRecords command{.form = kCustomers, .items = {}};
    for (const auto record : records) command.items.push_back({.operation = operation, .record = record});
    return office.tell(office.admin, command);
  }
  void bin(const std::vector<base::RecordId>& records) { ASSERT_TRUE(write(domain::RecordOperation::remove, records)); }
  RefusalCode restore(const std::vector<base::RecordId>& records) {
    return Office::code_of(write(domain::RecordOperation::restore, records));
  }
  void leave(base::MemberId member) {
    office.append(of_process(domain::ActorKind::setup),
                  {.command = domain::ReleaseTestClock{}, .events = {domain::MemberDeactivated{member}}});
  }

  Office office;
};

TEST_F(OutOfTheBin, a_record_whose_pool_was_removed_lies_in_another) {
  const auto record = office.pooled("甲", office.second_sea);
  bin({record});
  office.told(office.admin, domain::RemovePool{office.second_sea});
  ASSERT_EQ(restore({record}), RefusalCode::none);
  EXPECT_FALSE(office.customer(record).deleted());
  EXPECT_EQ(office.customer(record).pool(), office.sea);
  EXPECT_EQ(office.customer(record).owner(), std::nullopt);
  EXPECT_EQ(office.state.pool_count(office.sea), 1u);
  EXPECT_EQ(office.claim(office.seller, record), RefusalCode::none);
}

TEST_F(OutOfTheBin, a_record_whose_owner_has_left_lies_in_its_home_pool) {
  const auto record = office.pooled("甲", office.second_sea);
  ASSERT_EQ(office.claim(office.seller, record), RefusalCode::none);
  bin({record});
  leave(office.seller);
  ASSERT_EQ(restore({record}), RefusalCode::none);
  const auto customer = office.customer(record);
  EXPECT_EQ(customer.pool(), office.second_sea);
  EXPECT_EQ(customer.owner(), std::nullopt);
  EXPECT_EQ(customer.value(facts::kPreviousOwner), base::Value(base::Reference{office.seller.ulid}));
  EXPECT_EQ(office.state.owned_count(office.seller), 0u);
  EXPECT_EQ(office.claim(office.colleague, record), RefusalCode::none);
}

TEST_F(OutOfTheBin, many_come_back_at_once_each_to_its_place) {
  const std::vector records{office.pooled("甲", office.second_sea), office.owned(office.seller, "乙"),
                            office.owned(office.colleague, "丙")};
  bin(records);
  office.told(office.admin, domain::RemovePool{office.second_sea});
  leave(office.seller);
  ASSERT_EQ(restore(records), RefusalCode::none);
  EXPECT_EQ(office.customer(records[0]).pool(), office.sea);
  EXPECT_EQ(office.customer(records[1]).pool(), office.sea);
  EXPECT_EQ(office.customer(records[2]).owner(), office.colleague);
  EXPECT_EQ(office.state.pool_count(office.sea), 2u);
  EXPECT_EQ(restore(records), RefusalCode::none) << "nothing more happens";
  EXPECT_EQ(office.state.pool_count(office.sea), 2u);
}

}  // namespace
}  // namespace highseas::decision::tests
