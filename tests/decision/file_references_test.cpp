// file_references_test — to write a file's id into a record is to read it: an id alone gives nobody a file.
#include "domain/forms/shipped.hpp"
#include "projections/checkpoint.hpp"
#include "projections/query/file_access.hpp"
#include "tests/decision/office.hpp"

namespace highseas::decision::tests {
namespace {

namespace customers = shipped::customers;

class FileReference : public ::testing::Test {
 protected:
  base::FileId added(base::MemberId by) {
    const base::FileId file{{50, ++files_}};
    office.told(by, domain::AddFile{{.file = file,
                                     .added_by = by,
                                     .size = 3,
                                     .media_type = "application/pdf",
                                     .sha256 = {},
                                     .name = "图纸.pdf"}});
    return file;
  }
  static FieldValue attached(const std::vector<base::FileId>& files) {
    base::References references;
    for (const auto file : files) references.ids.push_back(file.ulid);
    if (references.ids.empty()) return {shipped::kAttachments, {}};
    return {shipped::kAttachments, std::move(references)};
  }
  static bool reads(const projections::State& state, base::MemberId who, base::FileId file) {
    return projections::may_read_file(state.image(), domain::Rights::of_member(state.workspace(), who),
                                      *state.image().file(file));
  }
  bool reads(base::MemberId who, base::FileId file) const { return reads(office.state, who, file); }
  // What is wrong with the only item.
  RefusalCode fault_of(base::MemberId who, base::RecordId record, const std::vector<base::FileId>& files) {
    domain::RecordItem item{
        .operation = domain::RecordOperation::update, .record = record, .values = {attached(files)}};
    const auto answer = office.tell(who, domain::WriteRecords{.form = kCustomers, .items = {std::move(item)}});
    if (answer) return RefusalCode::none;
    return answer.error().faults.empty() ? answer.error().code : answer.error().faults.front().code;
  }

  Office office;

 private:
  std::uint64_t files_ = 0;
};

TEST_F(FileReference, is_unknown_to_who_knows_no_more_than_the_id) {
  const auto file = added(office.colleague);
  const auto hers = office.owned(office.seller, "甲");
  EXPECT_EQ(fault_of(office.seller, hers, {file}), RefusalCode::unknown_reference);
  EXPECT_FALSE(reads(office.seller, file));
  // In a new record as well.
  auto item = Office::customer_named("乙");
  item.values.push_back(attached({file}));
  EXPECT_NE(Office::code_of(office.tell(office.seller, domain::WriteRecords{.form = kCustomers, .items = {item}})),
            RefusalCode::none);
}

TEST_F(FileReference, is_known_to_who_brought_it_in_and_to_who_sees_a_record_with_it) {
  const auto file = added(office.seller);
  const auto hers = office.owned(office.seller, "甲");
  EXPECT_EQ(fault_of(office.seller, hers, {file}), RefusalCode::none);
  EXPECT_FALSE(reads(office.colleague, file));
  ASSERT_TRUE(reads(office.manager, file));
  const auto another = office.owned(office.manager, "乙");
  EXPECT_EQ(fault_of(office.manager, another, {file}), RefusalCode::none);
}

TEST_F(FileReference, that_stands_already_is_kept_by_who_adds_another) {
  const auto first = added(office.manager);
  const auto record = office.owned(office.seller, "甲", {attached({})});
  ASSERT_EQ(fault_of(office.manager, record, {first}), RefusalCode::none);
  const auto second = added(office.seller);
  EXPECT_EQ(fault_of(office.seller, record, {first, second}), RefusalCode::none);
}

TEST_F(FileReference, ends_with_the_last_record_that_names_it) {
  const auto file = added(office.seller);
  const auto record = office.owned(office.seller, "甲");
  const auto other = office.owned(office.seller, "乙");
  ASSERT_EQ(fault_of(office.seller, record, {file}), RefusalCode::none);
  ASSERT_EQ(fault_of(office.seller, other, {file}), RefusalCode::none);
  ASSERT_EQ(fault_of(office.seller, record, {}), RefusalCode::none);
  EXPECT_TRUE(reads(office.manager, file)) << "the other names it still";
  const domain::RecordItem away{.operation = domain::RecordOperation::remove, .record = other};
  office.told(office.admin, domain::WriteRecords{.form = kCustomers, .items = {away}});
  EXPECT_FALSE(reads(office.manager, file));
  EXPECT_TRUE(reads(office.seller, file)) << "she brought it in";
  const domain::RecordItem back{.operation = domain::RecordOperation::restore, .record = other};
  office.told(office.admin, domain::WriteRecords{.form = kCustomers, .items = {back}});
  EXPECT_TRUE(reads(office.manager, file));
}

TEST_F(FileReference, is_found_again_after_a_checkpoint_and_in_a_snapshot) {
  const auto file = added(office.seller);
  const auto record = office.owned(office.seller, "甲");
  ASSERT_EQ(fault_of(office.seller, record, {file}), RefusalCode::none);
  const auto snapshot = office.state.snapshot();
  ASSERT_EQ(fault_of(office.seller, record, {}), RefusalCode::none);
  const auto manager = domain::Rights::of_member(snapshot->workspace(), office.manager);
  EXPECT_TRUE(projections::may_read_file(*snapshot, manager, *snapshot->file(file)));
  EXPECT_FALSE(reads(office.manager, file));
  const projections::State loaded(projections::read_checkpoint(projections::write_checkpoint(*snapshot)));
  EXPECT_TRUE(reads(loaded, office.manager, file));
  EXPECT_FALSE(reads(loaded, office.colleague, file));
}

TEST_F(FileReference, of_an_import_is_judged_alike) {
  const auto file = added(office.colleague);
  const domain::StartImport command{
      .plan = {.file = file, .form = kCustomers, .pool = {}, .owner = office.seller, .columns = {customers::kName}},
      .total = 1};
  EXPECT_NE(Office::code_of(office.decided(of_member(office.seller), command)), RefusalCode::none);
  EXPECT_EQ(Office::code_of(office.decided(of_member(office.colleague), command)), RefusalCode::forbidden)
      << "it is her file; the owner is another";
}

}  // namespace
}  // namespace highseas::decision::tests
